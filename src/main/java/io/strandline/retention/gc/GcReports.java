package io.strandline.retention.gc;

import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps reports as documents of the catalog. */
@Component
final class GcReports {

    private static final String KIND = "gc-run";

    private final Documents documents;
    private final JsonMapper json;
    private final GcSettings settings;

    GcReports(Documents documents, JsonMapper json, GcSettings settings) {
        this.documents = documents;
        this.json = json;
        this.settings = settings;
    }

    void save(GcRun run) {
        documents.deleteExpired(KIND, run.endedAt());
        documents.save(new Document(
                KIND,
                run.id(),
                null,
                run.outcome().name(),
                run.startedAt(),
                run.endedAt().plus(settings.reportsKept()),
                json.writeValueAsString(run)));
    }

    List<GcRun> list(@Nullable String beforeId, int limit) {
        return documents.documents(KIND, null, beforeId, limit).stream()
                .map(found -> json.readValue(found.body(), GcRun.class))
                .toList();
    }
}
