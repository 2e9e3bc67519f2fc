package io.strandline.state.run;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Walks several sorted cursors as one: of equal keys the newest cursor's entry is shown and the others' are skipped. */
public final class MergingCursor implements RunReader.Cursor {

    private final List<RunReader.Cursor> cursors;
    private final PriorityQueue<Input> inputs = new PriorityQueue<>();
    private @Nullable Input current;

    /**
     * Takes the cursors over and closes them.
     *
     * @param oldestFirst each before its first entry
     */
    public MergingCursor(List<RunReader.Cursor> oldestFirst) throws IOException {
        this.cursors = List.copyOf(oldestFirst);
        boolean complete = false;
        try {
            for (int age = 0; age < cursors.size(); age++) {
                Input input = new Input(cursors.get(age), age);
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

    /** All entries of a list of runs that lie in the given key groups. */
    public static MergingCursor of(List<StoredRun> oldestFirst, KeyGroupRange keyGroups) throws IOException {
        return new MergingCursor(cursors(oldestFirst, keyGroups));
    }

    /** One cursor for each run that has entries in the given key groups, oldest first. */
    public static List<RunReader.Cursor> cursors(List<StoredRun> oldestFirst, KeyGroupRange keyGroups)
            throws IOException {
        List<RunReader.Cursor> cursors = new ArrayList<>();
        for (StoredRun stored : oldestFirst) {
            if (stored.run().keyGroups().overlaps(keyGroups)) {
                cursors.add(stored.cursor(keyGroups));
            }
        }
        return cursors;
    }

    @Override
    public boolean next() throws IOException {
        Input shown = current;
        if (shown != null) {
            skipOlder(shown);
            if (shown.advance()) {
                inputs.add(shown);
            }
        }
        current = inputs.poll();
        return current != null;
    }

    @Override
    public ByteBuffer key() {
        return shown().key;
    }

    @Override
    public @Nullable ByteBuffer value() {
        return shown().cursor.value();
    }

    @Override
    public void close() {
        cursors.forEach(RunReader.Cursor::close);
    }

    private void skipOlder(Input shown) throws IOException {
        Input older = inputs.peek();
        while (older != null && Bytes.compare(older.key, shown.key) == 0) {
            inputs.poll();
            if (older.advance()) {
                inputs.add(older);
            }
            older = inputs.peek();
        }
    }

    private Input shown() {
        Input input = current;
        if (input == null) {
            throw new IllegalStateException("the cursor stands before its first or behind its last entry");
        }
        return input;
    }

    /** One cursor and the key it stands at. */
    private static final class Input implements Comparable<Input> {

        private final RunReader.Cursor cursor;
        private final int age;
        private ByteBuffer key = ByteBuffer.allocate(0);

        Input(RunReader.Cursor cursor, int age) {
            this.cursor = cursor;
            this.age = age;
        }

        boolean advance() throws IOException {
            if (!cursor.next()) {
                return false;
            }
            key = cursor.key();
            return true;
        }

        @Override
        public int compareTo(Input other) {
            int order = Bytes.compare(key, other.key);
            return order != 0 ? order : Integer.compare(other.age, age);
        }
    }
}
