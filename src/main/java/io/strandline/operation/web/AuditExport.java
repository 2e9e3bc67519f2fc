package io.strandline.operation.web;

import io.strandline.catalog.history.ChangeFeed;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditEntry;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.problem.StrandlineException;
import io.strandline.web.ProblemBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the audit as lines of JSON, oldest first, up to what could be read when it began; a few hundred changes are in
 * memory at a time. Where the catalog stops answering half-way the last line is {@code {"problem": …}}.
 */
@Component
class AuditExport {

    private static final int STRETCH = 500;

    private final History history;
    private final ChangeFeed feed;
    private final JsonMapper json;

    AuditExport(History history, ChangeFeed feed, JsonMapper json) {
        this.history = history;
        this.feed = feed;
        this.json = json;
    }

    void write(AuditFilter filter, OutputStream out) throws IOException {
        long upTo = feed.readableUpTo();
        List<AuditEntry> stretch = history.auditAfter(filter, 0, upTo, STRETCH);
        while (!stretch.isEmpty()) {
            for (AuditEntry entry : stretch) {
                line(AuditRecord.of(entry, json), out);
            }
            long last = stretch.get(stretch.size() - 1).sequence();
            try {
                stretch = stretch.size() < STRETCH ? List.of() : history.auditAfter(filter, last, upTo, STRETCH);
            } catch (StrandlineException e) {
                line(Map.of("problem", ProblemBody.of(e.problem(), null, null)), out);
                return;
            }
        }
        out.flush();
    }

    private void line(Object value, OutputStream out) throws IOException {
        out.write((json.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
