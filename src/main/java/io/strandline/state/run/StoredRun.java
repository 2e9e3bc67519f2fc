package io.strandline.state.run;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.KeyBuffer;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A run of a list, opened.
 *
 * @param run what the list says of it; entries outside its key groups are not in the list
 * @param reader its file
 */
public record StoredRun(Run run, RunReader reader) {

    private static final int KEY_GROUP_BYTES = 2;

    /** Walks the entries that lie in both the run's key groups and the given ones. */
    RunReader.Cursor cursor(KeyGroupRange keyGroups) throws IOException {
        int first = Math.max(run.keyGroups().first(), keyGroups.first());
        int last = Math.min(run.keyGroups().last(), keyGroups.last());
        KeyBuffer from = new KeyBuffer();
        from.putKeyGroup(first);
        return cursor(ByteBuffer.wrap(from.bytes(), 0, from.length()), last);
    }

    /** Walks the entries from a key on, up to the end of a key group. */
    public RunReader.Cursor cursor(ByteBuffer from, int lastKeyGroup) throws IOException {
        return new UpTo(reader.seek(from), lastKeyGroup);
    }

    /** Ends behind a key group. */
    private record UpTo(RunReader.Cursor cursor, int lastKeyGroup) implements RunReader.Cursor {

        @Override
        public boolean next() throws IOException {
            if (!cursor.next()) {
                return false;
            }
            return keyGroup(cursor.key()) <= lastKeyGroup;
        }

        @Override
        public ByteBuffer key() {
            return cursor.key();
        }

        @Override
        public @Nullable ByteBuffer value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    /** What of a stored key is behind its key group. */
    public static ByteBuffer withoutKeyGroup(ByteBuffer key) {
        return key.slice(key.position() + KEY_GROUP_BYTES, key.remaining() - KEY_GROUP_BYTES);
    }

    /** The key group that a stored key begins with. */
    public static int keyGroup(ByteBuffer key) {
        int at = key.position();
        return (key.get(at) & 0xff) << 8 | key.get(at + 1) & 0xff;
    }
}
