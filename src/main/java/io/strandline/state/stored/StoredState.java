package io.strandline.state.stored;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyCodec;
import io.strandline.state.KeyColumns;
import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import io.strandline.state.SnapshotReader.Decoder;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.SnapshotReader.KeyPrefix;
import io.strandline.state.SnapshotReader.Slice;
import io.strandline.state.SnapshotReader.SliceRequest;
import io.strandline.state.run.MergingCursor;
import io.strandline.state.run.StoredRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One state of a stored version: its runs, and how its entries are decoded. */
final class StoredState implements Closeable {

    private final StateSchema schema;
    private final KeyCodec codec;
    private final Decoder decoder;
    private final VersionRuns runs;
    private final int maxParallelism;

    StoredState(StateSchema schema, VersionRuns runs, int maxParallelism) {
        this.schema = schema;
        this.codec = new KeyCodec(schema.key());
        this.decoder = new Decoder(schema);
        this.runs = runs;
        this.maxParallelism = maxParallelism;
    }

    StateSchema schema() {
        return schema;
    }

    /** All live entries, encoded. */
    LiveCursor cursor() throws IOException {
        return live(new KeyGroupRange(0, maxParallelism - 1));
    }

    /** Some live entries in the order of their keys. */
    Slice slice(SliceRequest request) throws IOException {
        return new SliceReader(this, request).read();
    }

    /** Live entries whose keys begin so and are not before some bytes, in the order of keys; both without their key group. */
    KeyOrderCursor inKeyOrder(byte[] prefix, byte[] from) throws IOException {
        List<LiveCursor> groups = new ArrayList<>();
        for (int keyGroup = 0; keyGroup < maxParallelism; keyGroup++) {
            List<StoredRun> over = runs.over(new KeyGroupRange(keyGroup, keyGroup));
            if (!over.isEmpty()) {
                groups.add(under(over, stored(keyGroup, prefix), stored(keyGroup, from)));
            }
        }
        return new KeyOrderCursor(groups);
    }

    /** What the stored keys begin with, without their key group. */
    byte[] encoded(KeyPrefix prefix) {
        KeyBuffer out = new KeyBuffer();
        codec.encodePrefix(prefix.leading(), prefix.beginning(), out);
        return Arrays.copyOf(out.bytes(), out.length());
    }

    /** How many live entries each key group has. */
    long[] count() throws IOException {
        long[] counts = new long[maxParallelism];
        try (LiveCursor entries = cursor()) {
            while (entries.next()) {
                counts[StoredRun.keyGroup(entries.key())]++;
            }
        }
        return counts;
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
        runs.close();
    }

    private List<Entry> entriesUnder(List<Object> key, int keyGroup) throws IOException {
        KeyBuffer prefix = new KeyBuffer();
        prefix.putKeyGroup(keyGroup);
        codec.encode(key, prefix);
        ByteBuffer from = ByteBuffer.wrap(prefix.bytes(), 0, prefix.length());
        List<StoredRun> over = runs.over(new KeyGroupRange(keyGroup, keyGroup));
        if (!schema.namespaced()) {
            return entryOf(over, from);
        }
        List<Entry> entries = new ArrayList<>();
        try (LiveCursor found = under(over, from, from)) {
            while (found.next()) {
                entries.add(decode(found.key(), found.value()));
            }
        }
        return entries;
    }

    /** The one entry under a whole key: runs whose filters exclude it are not read. */
    private List<Entry> entryOf(List<StoredRun> over, ByteBuffer key) throws IOException {
        for (int age = over.size() - 1; age >= 0; age--) {
            RunReader.Found found = over.get(age).reader().get(key);
            if (found.kind() != RunReader.Found.Kind.ABSENT) {
                ByteBuffer value = found.value();
                return value == null ? List.of() : List.of(decode(key, value));
            }
        }
        return List.of();
    }

    private List<Entry> timersOf(List<Object> key, int keyGroup) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (LiveCursor found = live(new KeyGroupRange(keyGroup, keyGroup))) {
            while (found.next()) {
                Entry entry = decode(found.key(), found.value());
                if (entry.key().equals(key)) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private LiveCursor live(KeyGroupRange keyGroups) throws IOException {
        return new LiveCursor(MergingCursor.of(runs.over(keyGroups), keyGroups));
    }

    private static LiveCursor under(List<StoredRun> over, ByteBuffer prefix, ByteBuffer from) throws IOException {
        List<RunReader.Cursor> cursors = new ArrayList<>();
        for (StoredRun stored : over) {
            cursors.add(new PrefixCursor(stored.reader().seek(from), prefix));
        }
        return new LiveCursor(new MergingCursor(cursors));
    }

    private static ByteBuffer stored(int keyGroup, byte[] key) {
        KeyBuffer stored = new KeyBuffer();
        stored.putKeyGroup(keyGroup);
        stored.putBytes(key, 0, key.length);
        return ByteBuffer.wrap(stored.bytes(), 0, stored.length());
    }

    /** Names a state of a version. */
    record Name(String operator, String state) {}
}
