package io.strandline.inspect.diff;

import org.jspecify.annotations.Nullable;

/** Which of the two versions has something. */
public enum Presence {
    /** Both. */
    BOTH,
    /** Only the later one. */
    ADDED,
    /** Only the earlier one. */
    REMOVED;

    static Presence of(@Nullable Object from, @Nullable Object to) {
        if (from == null) {
            return ADDED;
        }
        return to == null ? REMOVED : BOTH;
    }
}
