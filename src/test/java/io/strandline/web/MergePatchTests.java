package io.strandline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

class MergePatchTests {

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    record Settings(@Nullable String description, Map<String, String> labels) {}

    @Test
    void replacesMergesAndRemoves() {
        Settings before = new Settings("old", Map.of("keep", "1", "change", "2", "drop", "3"));

        Settings after = patch("{\"description\":null,\"labels\":{\"change\":\"x\",\"drop\":null,\"add\":\"y\"}}")
                .applyTo(before, Settings.class, mapper);

        assertThat(after).isEqualTo(new Settings(null, Map.of("keep", "1", "change", "x", "add", "y")));
    }

    @Test
    void leavesOutWhatThePatchDoesNotName() {
        Settings before = new Settings("old", Map.of("a", "1"));

        assertThat(patch("{}").applyTo(before, Settings.class, mapper)).isEqualTo(before);
    }

    @Test
    void refusesAnUnknownField() {
        Settings before = new Settings("old", Map.of());

        assertThatThrownBy(() -> patch("{\"lables\":{}}").applyTo(before, Settings.class, mapper))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }

    private MergePatch patch(String json) {
        return mapper.readValue(json, MergePatch.class);
    }
}
