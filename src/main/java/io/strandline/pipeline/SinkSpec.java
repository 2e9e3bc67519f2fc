package io.strandline.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where rows go. */
public sealed interface SinkSpec {

    /** Unique among sources, operators and sinks. */
    String name();

    /** Its type in documents. */
    String type();

    /** The source or operator whose rows it takes. */
    String input();

    /** What becomes of rows that are refused where they go; null when the first one fails the job. */
    default @Nullable DeadLetters deadLetters() {
        return null;
    }

    /**
     * Part files that appear when a checkpoint completes.
     *
     * @param path directory under the first files root
     */
    record FileSink(String name, String input, String path, FileFormat format) implements SinkSpec {

        @Override
        public String type() {
            return "file";
        }
    }

    /**
     * Rows of a database table, which appear when a checkpoint completes.
     *
     * @param connection the name of a configured connection
     * @param table its name there, with the schema before a dot if need be
     * @param keys columns that tell rows apart, for {@link Mode#UPSERT}; else empty
     */
    record JdbcSink(
            String name,
            String input,
            String connection,
            String table,
            Mode mode,
            List<String> keys,
            @Nullable DeadLetters deadLetters)
            implements SinkSpec {

        public JdbcSink {
            keys = List.copyOf(keys);
        }

        @Override
        public String type() {
            return "jdbc";
        }
    }

    /** How rows get into a table. */
    enum Mode {
        /** The newest row of a key takes the place of the one before. */
        UPSERT,
        /** Every row is added. */
        APPEND
    }

    /** Counts rows and forgets them. */
    record DiscardSink(String name, String input) implements SinkSpec {

        @Override
        public String type() {
            return "discard";
        }
    }
}
