package io.strandline.pipeline;

import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where rows come from. Every source is replayable: it owns an offset that is state. */
public sealed interface SourceSpec {

    /** Unique among sources, operators and sinks. */
    String name();

    /** Its type in documents. */
    String type();

    /** Records per second over all subtasks; null is as fast as possible. */
    @Nullable
    Long rate();

    /** Event time and watermarks; null for a source without. */
    @Nullable
    EventTime eventTime();

    /** The rows it yields. */
    RowSchema schema();

    /** What becomes of records that cannot be read; null when the first one fails the job. */
    default @Nullable DeadLetters deadLetters() {
        return null;
    }

    /** What happens at the end of a file. */
    enum OnEnd {
        /** The job finishes with a final checkpoint. */
        STOP,
        /** Wait for more lines. */
        FOLLOW,
        /** Begin again. */
        REPEAT
    }

    /**
     * A file of one record a line; the offset is the position in the file.
     *
     * @param path relative to a files root, or {@code demo:} and a name for the bundled data
     * @param columns what is read from each record, in this order
     */
    record FileSource(
            String name,
            String path,
            FileFormat format,
            List<SourceColumn> columns,
            @Nullable EventTime eventTime,
            @Nullable Long rate,
            OnEnd onEnd,
            @Nullable DeadLetters deadLetters)
            implements SourceSpec {

        public FileSource {
            columns = List.copyOf(columns);
        }

        @Override
        public String type() {
            return "file";
        }

        @Override
        public RowSchema schema() {
            return SourceColumn.schema(columns);
        }
    }

    /**
     * Records that clients push; the offset is a record's number in its partition.
     *
     * @param columns what is read from each record, in this order
     * @param partitions parts that are read side by side
     * @param backlogBytes how much is kept that the job has not read yet, before pushes are refused
     */
    record HttpSource(
            String name,
            List<SourceColumn> columns,
            @Nullable EventTime eventTime,
            @Nullable Long rate,
            int partitions,
            long backlogBytes,
            @Nullable DeadLetters deadLetters)
            implements SourceSpec {

        public HttpSource {
            columns = List.copyOf(columns);
        }

        @Override
        public String type() {
            return "http";
        }

        @Override
        public RowSchema schema() {
            return SourceColumn.schema(columns);
        }
    }

    /**
     * Made-up records for tests and benchmarks: record i of partition p is a pure function of (seed, p, i).
     *
     * @param count records per partition; null is endless
     * @param keys how many different keys
     */
    record SequenceSource(
            String name,
            int partitions,
            @Nullable Long count,
            long keys,
            long seed,
            @Nullable EventTime eventTime,
            @Nullable Long rate,
            @Nullable DeadLetters deadLetters)
            implements SourceSpec {

        /** The rows of every sequence. */
        public static final RowSchema ROWS = new RowSchema(List.of(
                new RowSchema.Column("partition", ValueType.LONG),
                new RowSchema.Column("offset", ValueType.LONG),
                new RowSchema.Column("key", ValueType.LONG),
                new RowSchema.Column("value", ValueType.LONG)));

        @Override
        public String type() {
            return "sequence";
        }

        @Override
        public RowSchema schema() {
            return ROWS;
        }
    }

    /**
     * Which column is a row's event time, and how watermarks follow it.
     *
     * @param field a timestamp column of the source, or a long one of milliseconds since 1970
     * @param maxOutOfOrderness how far behind the newest row a row may come and still be in time
     * @param idleTimeout after which silence a split no longer holds the watermark back; null is never
     */
    record EventTime(
            String field,
            Duration maxOutOfOrderness,
            @Nullable Duration idleTimeout) {}

    /**
     * A column read from a record.
     *
     * @param timestamp how its text is read; present exactly if the type is {@link ValueType#TIMESTAMP}
     */
    record SourceColumn(
            String name, ValueType type, @Nullable TimestampPattern timestamp) {

        public SourceColumn {
            if ((type == ValueType.TIMESTAMP) != (timestamp != null)) {
                throw new IllegalArgumentException("column '" + name + "' is " + type + " with pattern " + timestamp);
            }
        }

        /** The rows that such columns make up. */
        public static RowSchema schema(List<SourceColumn> columns) {
            return new RowSchema(columns.stream()
                    .map(column -> new RowSchema.Column(column.name(), column.type()))
                    .toList());
        }

        /** The type as the document writes it, such as {@code timestamp(yyyy/MM/dd HH:mm)}. */
        public String wireType() {
            return timestamp == null ? type.wireName() : timestamp.wireType();
        }
    }
}
