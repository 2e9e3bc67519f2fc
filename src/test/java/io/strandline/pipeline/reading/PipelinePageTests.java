package io.strandline.pipeline.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** docs/pipeline.md shows documents that are accepted and leaves out no field. */
class PipelinePageTests {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final Pipelines pipelines = new Pipelines();
    private final String page;

    PipelinePageTests() throws IOException {
        page = Files.readString(Path.of("docs/pipeline.md"));
    }

    @Test
    void everyExampleIsAccepted() {
        List<String> examples =
                EXAMPLE.matcher(page).results().map(match -> match.group(1)).toList();

        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(
                                pipelines.read(example, Pipelines.Syntax.YAML).nodes())
                        .isNotEmpty());
    }

    @Test
    void everyFieldOfTheSchemaIsNamed() {
        Set<String> fields = new TreeSet<>();
        collect(new ObjectMapper().readTree(pipelines.schema()), fields);
        Set<String> named = new TreeSet<>();
        for (MatchResult code :
                Pattern.compile("`[^`\n]+`").matcher(page).results().toList()) {
            named.addAll(List.of(code.group().split("[^A-Za-z]+")));
        }

        assertThat(fields).contains("maxOutOfOrderness", "tolerableFailures");
        assertThat(named).containsAll(fields);
    }

    private static void collect(JsonNode schema, Set<String> fields) {
        JsonNode properties = schema.get("properties");
        if (schema.isObject() && properties != null && properties.isObject()) {
            fields.addAll(new ArrayList<>(properties.propertyNames()));
        }
        schema.forEach(child -> collect(child, fields));
    }
}
