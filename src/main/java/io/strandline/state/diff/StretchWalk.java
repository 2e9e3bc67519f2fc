package io.strandline.state.diff;

import io.strandline.state.RunReader;
import io.strandline.state.RunReader.Found;
import io.strandline.state.run.Bytes;
import io.strandline.state.run.MergingCursor;
import io.strandline.state.run.StoredRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks every key that a stretch's own runs of either version have, in key order, with what each version holds under it. A key
 * that only the one side's runs have is looked up in the shared runs for the other.
 */
final class StretchWalk implements Closeable {

    private final List<StoredRun> sharedNewestFirst;
    private final boolean countShared;
    private final Side from;
    private final Side to;
    private ByteBuffer key = ByteBuffer.allocate(0);
    private @Nullable ByteBuffer before;
    private @Nullable ByteBuffer after;
    private long inShared;

    /**
     * Stands before the first key at or after {@code start}.
     *
     * @param countShared whether to count keys that the shared runs have, too, which costs look-ups
     */
    StretchWalk(Stretch stretch, OpenRuns fromRuns, OpenRuns toRuns, ByteBuffer start, boolean countShared)
            throws IOException {
        List<StoredRun> shared = new ArrayList<>();
        fromRuns.of(stretch.shared()).forEach(run -> shared.add(0, run));
        this.sharedNewestFirst = shared;
        this.countShared = countShared;
        int last = stretch.keyGroups().last();
        this.from = new Side(fromRuns.of(stretch.from()), start, last);
        boolean complete = false;
        try {
            this.to = new Side(toRuns.of(stretch.to()), start, last);
            complete = true;
        } finally {
            if (!complete) {
                from.close();
            }
        }
    }

    /** Moves on; false at the end. */
    boolean next() throws IOException {
        if (!from.present && !to.present) {
            return false;
        }
        int order = !from.present ? 1 : !to.present ? -1 : Bytes.compare(from.cursor.key(), to.cursor.key());
        key = copy(order <= 0 ? from.cursor.key() : to.cursor.key());
        Found shared = order != 0 || countShared ? lookup() : Found.ABSENT;
        if (shared.value() != null) {
            inShared++;
        }
        before = order <= 0 ? copyOrNull(from.cursor.value()) : copyOrNull(shared.value());
        after = order >= 0 ? copyOrNull(to.cursor.value()) : copyOrNull(shared.value());
        if (order <= 0) {
            from.advance();
        }
        if (order >= 0) {
            to.advance();
        }
        return true;
    }

    ByteBuffer key() {
        return key;
    }

    @Nullable
    ByteBuffer before() {
        return before;
    }

    @Nullable
    ByteBuffer after() {
        return after;
    }

    /** How many of the keys seen so far were looked up and are live in the shared runs. */
    long inShared() {
        return inShared;
    }

    @Override
    public void close() {
        from.close();
        to.close();
    }

    private Found lookup() throws IOException {
        for (StoredRun stored : sharedNewestFirst) {
            Found found = stored.reader().get(key);
            if (found.kind() != Found.Kind.ABSENT) {
                return found;
            }
        }
        return Found.ABSENT;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return ByteBuffer.wrap(copy);
    }

    private static @Nullable ByteBuffer copyOrNull(@Nullable ByteBuffer bytes) {
        return bytes == null ? null : copy(bytes);
    }

    /** One version's own runs as one cursor. */
    private static final class Side {

        private final RunReader.Cursor cursor;
        private boolean present;

        Side(List<StoredRun> runs, ByteBuffer start, int lastKeyGroup) throws IOException {
            List<RunReader.Cursor> cursors = new ArrayList<>();
            for (StoredRun run : runs) {
                cursors.add(run.cursor(start, lastKeyGroup));
            }
            this.cursor = new MergingCursor(cursors);
            this.present = cursor.next();
        }

        void advance() throws IOException {
            present = cursor.next();
        }

        void close() {
            cursor.close();
        }
    }
}
