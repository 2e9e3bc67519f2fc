package io.strandline.runner.intake;

import java.time.Duration;
import java.util.List;

/** What became of a push: all of its records are kept, or none. */
public sealed interface PushOutcome {

    /**
     * They are durable.
     *
     * @param partition where they are
     * @param firstOffset the first one's offset there; the others follow it
     * @param repeated whether an earlier push with the same key had kept them
     */
    record Kept(int partition, long firstOffset, int count, boolean repeated) implements PushOutcome {}

    /** Some are not as the source's schema says. */
    record Malformed(List<BadRecord> records) implements PushOutcome {

        public Malformed {
            records = List.copyOf(records);
        }
    }

    /** No source of the pipeline that takes records has this name; there are {@code takers}. */
    record NoSuchSource(List<String> takers) implements PushOutcome {

        public NoSuchSource {
            takers = List.copyOf(takers);
        }
    }

    /** The source has fewer partitions. */
    record NoSuchPartition(int partitions) implements PushOutcome {}

    /** Another push had the key. */
    record KeyReused() implements PushOutcome {}

    /** The job has not read enough of what is kept already. */
    record BacklogFull(long backlogBytes, long limitBytes, Duration retryAfter) implements PushOutcome {}

    /** The disk is full. */
    record StorageFull(String detail) implements PushOutcome {}

    /** They cannot be kept; whether they were shows when the push is repeated with its key. */
    record Unavailable(String detail) implements PushOutcome {}

    /**
     * A record that is not as the schema says.
     *
     * @param pointer its place in the body, a JSON pointer: its index, and the field's name if one is concerned
     */
    record BadRecord(String pointer, String detail) {}
}
