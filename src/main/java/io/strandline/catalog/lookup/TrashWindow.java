package io.strandline.catalog.lookup;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Policy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long what people delete stays in the trash: {@code trash.window} of the job's policy, else the server's, else a week. */
@Component
public final class TrashWindow {

    private static final Duration DEFAULT = Duration.ofDays(7);

    private final Catalog catalog;
    private final JsonMapper json;

    TrashWindow(Catalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.json = json;
    }

    /** The window of a job. */
    public Duration of(String jobId) {
        return saved(jobId).or(() -> saved(null)).orElse(DEFAULT);
    }

    private Optional<Duration> saved(@Nullable String jobId) {
        return catalog.policy(jobId).map(Policy::document).flatMap(this::window);
    }

    private Optional<Duration> window(String document) {
        JsonNode window = json.readTree(document).path("trash").path("window");
        return window.isString() ? Optional.of(Duration.parse(window.asString())) : Optional.empty();
    }
}
