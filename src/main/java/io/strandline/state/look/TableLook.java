package io.strandline.state.look;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyBatch;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyCodec;
import io.strandline.state.Murmur3;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimeToLive;
import io.strandline.state.ValueSlab;
import io.strandline.state.run.RunView;
import io.strandline.state.table.HotTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One key of one table. Where the key alone names the entry it is found as an operator finds it. Entries that are told apart by a
 * namespace or a time lie anywhere in the table, whose slots are therefore gone through a slice at a time; those that are not in
 * memory are found in the runs, where they lie together.
 */
public final class TableLook implements SubtaskState.Look {

    private static final int SLICE_SLOTS = 1 << 14;

    private final HotTable table;
    private final @Nullable RunView runs;
    private final @Nullable TimeToLive ttl;
    private final StateSchema schema;
    private final List<Object> key;
    private final KeyBatch batch;
    private final TreeSet<Extras> found = new TreeSet<>();
    private final List<Entry> entries = new ArrayList<>();
    private final int keyGroup;
    private long @Nullable [] walked;
    private int slot;

    /**
     * Begins.
     *
     * @param runs where entries lie that the table does not hold; null if there are none
     * @param ttl when entries are over, null for never
     */
    public TableLook(HotTable table, @Nullable RunView runs, @Nullable TimeToLive ttl, List<Object> key) {
        this.table = table;
        this.runs = runs;
        this.ttl = ttl;
        this.schema = table.layout().schema();
        this.key = key;
        KeyBuffer encoded = new KeyBuffer();
        new KeyCodec(schema.key()).encode(key, encoded);
        long hash = Murmur3.hash(encoded.bytes(), 0, encoded.length());
        this.keyGroup = table.layout().keyGroupOf(hash);
        this.batch = new KeyBatch(schema.key());
        batch.clear(1);
        batch.append(ByteBuffer.wrap(encoded.bytes(), 0, encoded.length()), hash);
    }

    @Override
    public boolean step() throws IOException {
        if (!isTimers() && !schema.namespaced()) {
            read(0);
            return true;
        }
        if (table.isMoving() || !walk()) {
            return false;
        }
        if (isTimers()) {
            found.forEach(timer -> entries.add(
                    new Entry(keyGroup, key, schema.namespaced() ? timer.second : 0, List.of(timer.first))));
            return true;
        }
        lookInRuns();
        found.forEach(extras -> read(extras.first));
        return true;
    }

    @Override
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Goes through some more slots, from the first again when entries lie elsewhere now; whether those were the last. */
    private boolean walk() {
        if (walked != table.words()) {
            walked = table.words();
            slot = 0;
        }
        int end = Math.min(table.capacity(), slot + SLICE_SLOTS);
        table.visit(batch, slot, end, (first, second) -> found.add(new Extras(first, second)));
        slot = end;
        return end == table.capacity();
    }

    private void lookInRuns() throws IOException {
        if (runs == null || table.isComplete()) {
            return;
        }
        KeyBuffer prefix = new KeyBuffer();
        prefix.putKeyGroup(keyGroup);
        new KeyCodec(schema.key()).encode(key, prefix);
        runs.visit(
                ByteBuffer.wrap(prefix.bytes(), 0, prefix.length()),
                stored -> found.add(new Extras(stored.getLong(stored.limit() - Long.BYTES) ^ Long.MIN_VALUE, 0)));
    }

    private void read(long namespace) {
        int[] at = new int[1];
        table.find(batch, schema.namespaced() ? new long[] {namespace} : null, at);
        if (at[0] >= 0 && !isOver(at[0])) {
            entries.add(new Entry(keyGroup, key, namespace, value(at[0])));
        }
    }

    /** What expires says in its last column when it was touched. */
    private boolean isOver(int at) {
        if (ttl == null) {
            return false;
        }
        long touched = table.words()[at + schema.value().size() - 1];
        return touched != 0 && ttl.isOver(touched);
    }

    private List<Object> value(int at) {
        List<Object> value = new ArrayList<>();
        for (Column column : schema.value()) {
            long word = table.words()[at + value.size()];
            value.add(
                    switch (column.type()) {
                        case LONG, BOOLEAN, TIMESTAMP, DURATION -> word;
                        case DOUBLE -> Double.longBitsToDouble(word);
                        case STRING -> new String(content(word), StandardCharsets.UTF_8);
                        case BYTES -> content(word);
                    });
        }
        return value;
    }

    private byte[] content(long reference) {
        ValueSlab values = table.values();
        byte[] content = new byte[values.length(reference)];
        values.read(reference, content, 0);
        return content;
    }

    private boolean isTimers() {
        return schema.form() == StateSchema.Form.TIMERS;
    }

    /** What tells entries under one key apart. */
    private record Extras(long first, long second) implements Comparable<Extras> {

        @Override
        public int compareTo(Extras other) {
            int order = Long.compare(first, other.first);
            return order != 0 ? order : Long.compare(second, other.second);
        }
    }
}
