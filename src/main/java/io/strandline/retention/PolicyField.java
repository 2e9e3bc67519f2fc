package io.strandline.retention;

/** A field of a policy document, with its place in it and the type of its value. */
public enum PolicyField {
    /** The newest so many versions. */
    KEEP_LAST("/keep/last", Type.COUNT),
    /** Versions not older than this. */
    KEEP_WITHIN("/keep/within", Type.DURATION),
    /** The newest version of so many hours that hold one. */
    KEEP_HOURLY("/keep/hourly", Type.COUNT),
    /** The newest version of so many days that hold one. */
    KEEP_DAILY("/keep/daily", Type.COUNT),
    /** The newest version of so many weeks, Monday to Sunday, that hold one. */
    KEEP_WEEKLY("/keep/weekly", Type.COUNT),
    /** The newest version of so many calendar months that hold one. */
    KEEP_MONTHLY("/keep/monthly", Type.COUNT),
    /** The newest version of so many calendar years that hold one. */
    KEEP_YEARLY("/keep/yearly", Type.COUNT),
    /** Versions that carry one of these labels. */
    KEEP_LABELS("/keep/labels", Type.LABELS),
    /** Versions of these kinds. */
    KEEP_KINDS("/keep/kinds", Type.KINDS),
    /** The oldest so many versions. */
    KEEP_OLDEST("/keep/oldest", Type.COUNT),
    /** Keep rules do not count for versions older than this. */
    CAP_MAX_AGE("/cap/maxAge", Type.DURATION),
    /** Keep rules do not keep more versions of a line than this. */
    CAP_MAX_COUNT("/cap/maxCount", Type.COUNT),
    /** The files of the versions that a line keeps do not take more bytes than this. */
    CAP_MAX_BYTES("/cap/maxBytes", Type.BYTES),
    /** The newest so many versions of a line never expire. */
    FLOOR_MIN_COUNT("/floor/minCount", Type.COUNT),
    /** The newest so many versions that were verified never expire. */
    FLOOR_MIN_VERIFIED("/floor/minVerified", Type.COUNT),
    /** Whose hours and days are counted. */
    TIME_ZONE("/timeZone", Type.ZONE),
    /** How long an expired version lies in the trash. */
    TRASH_WINDOW("/trash/window", Type.DURATION),
    /** How often the server makes and applies a plan. */
    SCHEDULE("/schedule", Type.DURATION);

    private final String pointer;
    private final Type type;

    PolicyField(String pointer, Type type) {
        this.pointer = pointer;
        this.type = type;
    }

    /** Its place in the document, as a JSON pointer. */
    public String pointer() {
        return pointer;
    }

    Type type() {
        return type;
    }

    /** The object it lies in, empty for a field at the top. */
    String group() {
        int slash = pointer.lastIndexOf('/');
        return slash == 0 ? "" : pointer.substring(1, slash);
    }

    /** Its name within its group. */
    String key() {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    /** Its place as people write it: {@code keep.last}. */
    public String path() {
        return pointer.substring(1).replace('/', '.');
    }

    /** What a field's value is. */
    enum Type {
        /** {@link Integer}, not negative. */
        COUNT,
        /** {@link Long}, not negative. */
        BYTES,
        /** {@link java.time.Duration}, not negative. */
        DURATION,
        /** A set of {@link io.strandline.snapshot.SnapshotKind}. */
        KINDS,
        /** A set of {@link String}, each {@code name} or {@code name=value}. */
        LABELS,
        /** {@link java.time.ZoneId}. */
        ZONE
    }
}
