package io.strandline.state.diff;

import io.strandline.state.run.StoredRun;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A key under which two versions hold something else, encoded as it is stored.
 *
 * @param key the stored key, which begins with its key group
 * @param before the value in the one version, null when it has none
 * @param after the value in the other, null when it has none
 */
public record Difference(
        ByteBuffer key,
        @Nullable ByteBuffer before,
        @Nullable ByteBuffer after) {

    /** What became of the key. */
    public enum Type {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** What became of the key. */
    public Type type() {
        if (before == null) {
            return Type.ADDED;
        }
        return after == null ? Type.REMOVED : Type.CHANGED;
    }

    int keyGroup() {
        return StoredRun.keyGroup(key);
    }

    /** Bytes of the key and of the newest value there is. */
    int bytes() {
        ByteBuffer value = after == null ? before : after;
        return key.remaining() + (value == null ? 0 : value.remaining());
    }
}
