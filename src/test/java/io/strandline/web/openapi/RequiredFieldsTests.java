package io.strandline.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.problem.Blocker;
import io.strandline.web.Page;
import io.strandline.web.ProblemBody;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

class RequiredFieldsTests {

    private final ModelConverters converters = new ModelConverters(true);

    record Inner(String name) {}

    record Outer(
            Inner inner,
            List<Inner> many,
            @Nullable Inner maybe,
            int number,
            @Nullable Integer size) {}

    @BeforeEach
    void addConverter() {
        converters.addConverter(new RequiredFields());
    }

    @Test
    void aComponentThatIsNotNullableIsRequired() {
        Map<String, Schema> schemas = converters.readAll(Outer.class);

        assertThat(required(schemas, "Outer")).containsExactlyInAnyOrder("inner", "many", "number");
        assertThat(required(schemas, "Inner")).containsExactly("name");
        assertThat(required(converters.readAll(Blocker.class), "Blocker"))
                .containsExactlyInAnyOrder("kind", "id", "reason");
    }

    @Test
    void genericRecordsToo() {
        Map<String, Schema> schemas = converters.readAll(new ParameterizedTypeReference<Page<Inner>>() {}.getType());

        assertThat(required(schemas, "PageInner")).containsExactly("items");
    }

    @Test
    void whatIsLeftOutWhenEmptyIsNot() {
        assertThat(converters.readAll(ProblemBody.class).get("Problem").getRequired())
                .isNull();
    }

    @SuppressWarnings("unchecked")
    private static List<String> required(Map<String, Schema> schemas, String name) {
        assertThat(schemas).containsKey(name);
        return schemas.get(name).getRequired();
    }
}
