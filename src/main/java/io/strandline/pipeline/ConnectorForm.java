package io.strandline.pipeline;

import io.strandline.pipeline.SinkSpec.FileSink;
import io.strandline.pipeline.SinkSpec.JdbcSink;
import io.strandline.pipeline.SourceSpec.EventTime;
import io.strandline.pipeline.SourceSpec.FileSource;
import io.strandline.pipeline.SourceSpec.HttpSource;
import io.strandline.pipeline.SourceSpec.SequenceSource;
import io.strandline.pipeline.SourceSpec.SourceColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The part of the {@link CanonicalForm} that is about sources and sinks. */
final class ConnectorForm {

    private ConnectorForm() {}

    static void write(SourceSpec source, ObjectNode to) {
        to.put("name", source.name()).put("type", source.type());
        if (source instanceof FileSource file) {
            to.put("path", file.path()).put("format", file.format().wireName());
            writeSchema(file.columns(), file.eventTime(), to);
            putLong(to, "rate", file.rate());
            to.put("onEnd", file.onEnd().name());
            writeOnError(file.deadLetters(), to);
        } else if (source instanceof HttpSource http) {
            writeSchema(http.columns(), http.eventTime(), to);
            putLong(to, "rate", http.rate());
            to.put("partitions", http.partitions());
            to.put("backlog", Scalars.writeBytes(http.backlogBytes()));
            writeOnError(http.deadLetters(), to);
        } else if (source instanceof SequenceSource sequence) {
            to.put("partitions", sequence.partitions());
            putLong(to, "count", sequence.count());
            to.put("keys", sequence.keys());
            to.put("seed", sequence.seed());
            writeEventTime(sequence.eventTime(), to);
            putLong(to, "rate", sequence.rate());
            writeOnError(sequence.deadLetters(), to);
        }
    }

    static void write(SinkSpec sink, ObjectNode to) {
        to.put("name", sink.name()).put("type", sink.type()).put("input", sink.input());
        if (sink instanceof FileSink file) {
            to.put("path", file.path()).put("format", file.format().wireName());
        } else if (sink instanceof JdbcSink jdbc) {
            to.put("connection", jdbc.connection()).put("table", jdbc.table());
            to.put("mode", jdbc.mode().name());
            if (jdbc.mode() == SinkSpec.Mode.UPSERT) {
                CanonicalForm.putNames(to, "keys", jdbc.keys());
            }
            writeOnError(jdbc.deadLetters(), to);
        }
    }

    static void writeOnError(@Nullable DeadLetters deadLetters, ObjectNode to) {
        if (deadLetters == null) {
            to.put("onError", "FAIL");
        } else {
            to.putObject("onError")
                    .putObject("deadLetter")
                    .put("path", deadLetters.path())
                    .put("max", deadLetters.max());
        }
    }

    private static void writeSchema(List<SourceColumn> columns, @Nullable EventTime eventTime, ObjectNode to) {
        ObjectNode schema = to.putObject("schema");
        columns.forEach(column -> schema.put(column.name(), column.wireType()));
        writeEventTime(eventTime, to);
    }

    private static void writeEventTime(@Nullable EventTime eventTime, ObjectNode to) {
        if (eventTime != null) {
            ObjectNode time = to.putObject("eventTime");
            time.put("field", eventTime.field());
            CanonicalForm.putDuration(time, "maxOutOfOrderness", eventTime.maxOutOfOrderness());
            CanonicalForm.putDuration(time, "idleTimeout", eventTime.idleTimeout());
        }
    }

    private static void putLong(ObjectNode to, String field, @Nullable Long value) {
        if (value != null) {
            to.put(field, value);
        }
    }
}
