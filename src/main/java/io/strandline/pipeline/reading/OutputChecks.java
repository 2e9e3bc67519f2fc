package io.strandline.pipeline.reading;

import io.strandline.expression.NearestName;
import io.strandline.expression.RowSchema;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SinkSpec.FileSink;
import io.strandline.pipeline.SinkSpec.JdbcSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that outputs keep out of each other's directories, and that sinks find the columns they name. */
final class OutputChecks {

    private final Findings findings;
    private final Map<String, String> writers = new HashMap<>();

    OutputChecks(Findings findings) {
        this.findings = findings;
    }

    void check(@Nullable DeadLetters letters, String pointer) {
        if (letters != null) {
            claim(letters.path(), pointer + "/onError/deadLetter");
        }
    }

    void check(SinkSpec sink, String pointer) {
        if (sink instanceof FileSink file) {
            claim(file.path(), pointer);
        }
        check(sink.deadLetters(), pointer);
    }

    void checkRows(SinkSpec sink, RowSchema rows, String pointer) {
        if (sink instanceof JdbcSink jdbc) {
            List<String> names =
                    rows.columns().stream().map(RowSchema.Column::name).toList();
            for (int i = 0; i < jdbc.keys().size(); i++) {
                String key = jdbc.keys().get(i);
                if (!names.contains(key)) {
                    findings.add(
                            pointer + "/keys/" + i,
                            "no column '" + key + "' in '" + sink.input() + "'" + NearestName.hint(key, names)
                                    + " (columns here: " + String.join(", ", names) + ")");
                }
            }
        }
    }

    private void claim(String path, String pointer) {
        String other = writers.putIfAbsent(path, pointer);
        if (other != null) {
            String who = other.matches("/sinks/\\d+") ? "the sink at " + other : other;
            findings.add(pointer + "/path", who + " writes there already");
        }
    }
}
