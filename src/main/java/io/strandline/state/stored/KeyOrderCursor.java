package io.strandline.state.stored;

import io.strandline.state.RunReader;
import io.strandline.state.run.Bytes;
import io.strandline.state.run.StoredRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Walks the cursors of all key groups as one, in the order of keys whatever key group they fall into. It costs a block a run and key
 * group to begin with, and from there on follows the entries.
 */
final class KeyOrderCursor implements RunReader.Cursor {

    private final List<LiveCursor> groups;
    private final PriorityQueue<Input> inputs = new PriorityQueue<>();
    private @Nullable Input current;

    /**
     * Takes the cursors over and closes them.
     *
     * @param groups one a key group, each before its first entry
     */
    KeyOrderCursor(List<LiveCursor> groups) throws IOException {
        this.groups = new ArrayList<>(groups);
        boolean complete = false;
        try {
            for (LiveCursor group : groups) {
                Input input = new Input(group);
                if (input.advance()) {
                    inputs.add(input);
                }
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    @Override
    public boolean next() throws IOException {
        Input shown = current;
        if (shown != null && shown.advance()) {
            inputs.add(shown);
        }
        current = inputs.poll();
        return current != null;
    }

    @Override
    public ByteBuffer key() {
        return shown().cursor.key();
    }

    @Override
    public ByteBuffer value() {
        return shown().cursor.value();
    }

    @Override
    public void close() {
        groups.forEach(LiveCursor::close);
    }

    private Input shown() {
        Input input = current;
        if (input == null) {
            throw new IllegalStateException("the cursor stands before its first or behind its last entry");
        }
        return input;
    }

    /** The cursor of one key group, and the key it stands at without the key group. */
    private static final class Input implements Comparable<Input> {

        private final LiveCursor cursor;
        private ByteBuffer key = ByteBuffer.allocate(0);

        Input(LiveCursor cursor) {
            this.cursor = cursor;
        }

        boolean advance() throws IOException {
            boolean more = cursor.next();
            if (more) {
                key = StoredRun.withoutKeyGroup(cursor.key());
            }
            return more;
        }

        @Override
        public int compareTo(Input other) {
            return Bytes.compare(key, other.key);
        }
    }
}
