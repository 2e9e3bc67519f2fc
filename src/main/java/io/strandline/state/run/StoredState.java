package io.strandline.state.run;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyCodec;
import io.strandline.state.KeyColumns;
import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import io.strandline.state.SnapshotReader.Decoder;
import io.strandline.state.SnapshotReader.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One state of a stored version: its runs, and how its entries are decoded. */
final class StoredState implements Closeable {

    private final StateSchema schema;
    private final KeyCodec codec;
    private final Decoder decoder;
    private final List<StoredRun> runs;
    private final int maxParallelism;

    StoredState(StateSchema schema, List<StoredRun> oldestFirst, int maxParallelism) {
        this.schema = schema;
        this.codec = new KeyCodec(schema.key());
        this.decoder = new Decoder(schema);
        this.runs = List.copyOf(oldestFirst);
        this.maxParallelism = maxParallelism;
    }

    StateSchema schema() {
        return schema;
    }

    /** All live entries, encoded. */
    RunReader.Cursor cursor() throws IOException {
        return new Live(MergingCursor.of(runs, new KeyGroupRange(0, maxParallelism - 1)));
    }

    List<Entry> lookup(List<Object> key) throws IOException {
        KeyBuffer prefix = new KeyBuffer();
        codec.encode(key, prefix);
        int keyGroup = KeyColumns.keyGroup(Murmur3.hash(prefix.bytes(), 0, prefix.length()), maxParallelism);
        return schema.form() == StateSchema.Form.TIMERS ? timersOf(key, keyGroup) : entriesUnder(key, keyGroup);
    }

    /** Decodes the entry that a cursor stands at. */
    Entry decode(ByteBuffer storedKey, ByteBuffer value) {
        return decoder.decode(storedKey, value);
    }

    @Override
    public void close() throws IOException {
        RunFiles.close(runs);
    }

    private List<Entry> entriesUnder(List<Object> key, int keyGroup) throws IOException {
        KeyBuffer prefix = new KeyBuffer();
        prefix.putKeyGroup(keyGroup);
        codec.encode(key, prefix);
        ByteBuffer from = ByteBuffer.wrap(prefix.bytes(), 0, prefix.length());
        if (!schema.namespaced()) {
            return entryOf(from, keyGroup);
        }
        List<RunReader.Cursor> cursors = new ArrayList<>();
        for (StoredRun stored : runs) {
            if (stored.run().keyGroups().contains(keyGroup)) {
                cursors.add(new Prefixed(stored.reader().seek(from), from));
            }
        }
        List<Entry> entries = new ArrayList<>();
        try (RunReader.Cursor found = new Live(new MergingCursor(cursors))) {
            while (found.next()) {
                entries.add(decode(found.key(), valueOf(found)));
            }
        }
        return entries;
    }

    /** The one entry under a whole key: runs whose filters exclude it are not read. */
    private List<Entry> entryOf(ByteBuffer key, int keyGroup) throws IOException {
        for (int age = runs.size() - 1; age >= 0; age--) {
            StoredRun stored = runs.get(age);
            if (stored.run().keyGroups().contains(keyGroup)) {
                RunReader.Found found = stored.reader().get(key);
                if (found.kind() != RunReader.Found.Kind.ABSENT) {
                    ByteBuffer value = found.value();
                    return value == null ? List.of() : List.of(decode(key, value));
                }
            }
        }
        return List.of();
    }

    private List<Entry> timersOf(List<Object> key, int keyGroup) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (RunReader.Cursor found = new Live(MergingCursor.of(runs, new KeyGroupRange(keyGroup, keyGroup)))) {
            while (found.next()) {
                Entry entry = decode(found.key(), valueOf(found));
                if (entry.key().equals(key)) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    /** The value at a cursor that passes over delete markers. */
    static ByteBuffer valueOf(RunReader.Cursor live) {
        ByteBuffer value = live.value();
        if (value == null) {
            throw new IllegalStateException("a delete marker was not passed over");
        }
        return value;
    }

    /** Names a state of a version. */
    record Name(String operator, String state) {}

    /** Passes over delete markers. */
    private record Live(RunReader.Cursor cursor) implements RunReader.Cursor {

        @Override
        public boolean next() throws IOException {
            while (cursor.next()) {
                if (cursor.value() != null) {
                    return true;
                }
            }
            return false;
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

    /** Ends behind the last key that begins with a prefix. */
    private record Prefixed(RunReader.Cursor cursor, ByteBuffer prefix) implements RunReader.Cursor {

        @Override
        public boolean next() throws IOException {
            if (!cursor.next()) {
                return false;
            }
            int mismatch = cursor.key().mismatch(prefix);
            return mismatch < 0 || mismatch >= prefix.remaining();
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
}
