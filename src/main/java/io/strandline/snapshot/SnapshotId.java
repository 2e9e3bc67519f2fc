package io.strandline.snapshot;

import java.util.Locale;
import java.util.UUID;

/**
 * The name of a version for ever: a UUIDv7 (RFC 9562), so ids sort by the time they were made.
 *
 * @param value the UUID
 */
public record SnapshotId(UUID value) implements Comparable<SnapshotId> {

    /** Reads the canonical 36-character form, in either case. */
    public static SnapshotId parse(String text) {
        UUID value = UUID.fromString(text);
        if (!value.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a UUID of 36 characters: " + text);
        }
        return new SnapshotId(value);
    }

    @Override
    public int compareTo(SnapshotId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
