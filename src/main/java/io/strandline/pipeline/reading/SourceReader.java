package io.strandline.pipeline.reading;

import io.strandline.pipeline.FileFormat;
import io.strandline.pipeline.SourceSpec;
import io.strandline.pipeline.SourceSpec.EventTime;
import io.strandline.pipeline.SourceSpec.FileSource;
import io.strandline.pipeline.SourceSpec.HttpSource;
import io.strandline.pipeline.SourceSpec.OnEnd;
import io.strandline.pipeline.SourceSpec.SequenceSource;
import io.strandline.pipeline.SourceSpec.SourceColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a source and what belongs to it: what it reads, how fast, and what happens at the end. */
final class SourceReader {

    private static final List<String> TYPES = List.of("file", "http", "sequence");
    private static final List<String> LATER = List.of("kafka", "jdbc");
    private static final long MOST_RECORDS = 1L << 53;
    private static final long MOST_KEYS = 1L << 31;
    private static final long LEAST_BACKLOG = 1L << 20;
    private static final long BACKLOG = 256L << 20;

    @Nullable
    SourceSpec read(String name, Fields fields) {
        String type = fields.type(TYPES, LATER);
        if (type == null) {
            return null;
        }
        SourceSpec source = switch (type) {
            case "file" -> file(name, fields);
            case "http" -> http(name, fields);
            default -> sequence(name, fields);
        };
        fields.refuseUnknown();
        return source;
    }

    private static SourceSpec sequence(String name, Fields fields) {
        int partitions = (int) fields.integer("partitions", 1, 1_024, 1L);
        Long count = fields.optionalInteger("count", 1, MOST_RECORDS);
        long keys = fields.integer("keys", 1, MOST_KEYS, 1_000L);
        long seed = fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0L);
        EventTime eventTime = SchemaReader.eventTime(fields, SequenceSource.ROWS.columns());
        return new SequenceSource(
                name, partitions, count, keys, seed, eventTime, rate(fields), ErrorPolicyReader.read(fields));
    }

    private static SourceSpec file(String name, Fields fields) {
        String path = fields.path("path", true);
        FileFormat format = fields.choice("format", FileFormat.values(), FileFormat::wireName, null);
        List<SourceColumn> columns = SchemaReader.columns(fields);
        EventTime eventTime =
                SchemaReader.eventTime(fields, SourceColumn.schema(columns).columns());
        Long rate = rate(fields);
        OnEnd onEnd = fields.choice("onEnd", OnEnd.values(), OnEnd::name, OnEnd.STOP);
        if (onEnd == OnEnd.REPEAT && fields.has("eventTime")) {
            fields.wrong("onEnd", "REPEAT would turn event time back; leave eventTime out, or use STOP or FOLLOW");
        }
        return new FileSource(name, path, format, columns, eventTime, rate, onEnd, ErrorPolicyReader.read(fields));
    }

    private static SourceSpec http(String name, Fields fields) {
        List<SourceColumn> columns = SchemaReader.columns(fields);
        EventTime eventTime =
                SchemaReader.eventTime(fields, SourceColumn.schema(columns).columns());
        Long rate = rate(fields);
        int partitions = (int) fields.integer("partitions", 1, 64, 1L);
        long backlog = fields.bytes("backlog", LEAST_BACKLOG, BACKLOG);
        return new HttpSource(name, columns, eventTime, rate, partitions, backlog, ErrorPolicyReader.read(fields));
    }

    private static @Nullable Long rate(Fields fields) {
        return fields.optionalInteger("rate", 1, 1_000_000_000);
    }
}
