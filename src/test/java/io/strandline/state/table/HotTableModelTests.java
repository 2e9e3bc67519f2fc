package io.strandline.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyBatch;
import io.strandline.state.KeyCodec;
import io.strandline.state.KeyHasher;
import io.strandline.state.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random batches against a plain map, while the table grows, moves its entries and compacts what they name a slice at a time, and is
 * frozen in between. Arrays come from the background when it suits.
 */
class HotTableModelTests {

    private static final int STEPS = 3000;
    private static final int KEY_GROUPS = 16;

    private final Random random = new Random(11);
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final Executor executor = background::add;
    private final Map<String, String> model = new HashMap<>();
    private KeyKind kind;
    private HotTable table;
    private StateSchema schema;

    @ParameterizedTest
    @EnumSource
    void holdsWhatAMapHolds(KeyKind keys) {
        kind = keys;
        schema = new StateSchema(
                "notes",
                StateSchema.Form.KEYED,
                List.of(new Column("key", keys.type)),
                keys.namespaced,
                List.of(new Column("count", ColumnType.LONG), new Column("note", ColumnType.BYTES)));
        table = new HotTable(
                new EntryLayout(schema, new KeyGroupRange(0, KEY_GROUPS - 1), KEY_GROUPS),
                new long[2],
                TableDepth.WHOLE,
                null,
                true,
                executor);
        int spread = 500;
        for (int step = 0; step < STEPS; step++) {
            change(spread);
            if (step % 100 == 99) {
                compareFreeze();
                compareAll();
                spread += spread / 5;
            }
            if (random.nextInt(20) == 0 && !background.isEmpty()) {
                background.poll().run();
            }
        }
        assertThat(table.slots().capacity()).isGreaterThan(1 << 15);
        assertThat(table.values())
                .isInstanceOfSatisfying(
                        ByteSlab.class,
                        slab -> assertThat(slab.bytes())
                                .isLessThan(8L
                                        * model.values().stream()
                                                .mapToInt(String::length)
                                                .sum()));
    }

    private void change(int spread) {
        int rows = 1 + random.nextInt(200);
        long[] ids = random.longs(rows, 0, spread).toArray();
        KeyBatch keys = keys(ids);
        if (random.nextInt(8) == 0) {
            table.remove(keys, namespaces(ids));
            for (long id : ids) {
                model.remove(name(id));
            }
            return;
        }
        int[] entries = new int[rows];
        table.update(keys, namespaces(ids), entries);
        for (int row = 0; row < rows; row++) {
            byte[] note = ("-" + random.nextInt(1000)).getBytes(StandardCharsets.UTF_8);
            long[] words = table.words();
            boolean fresh = words[entries[row]]++ == 0 || random.nextInt(4) == 0;
            words[entries[row] + 1] = fresh
                    ? table.values().put(note, 0, note.length)
                    : table.values().append(words[entries[row] + 1], note, 0, note.length);
            String added = new String(note, StandardCharsets.UTF_8);
            model.merge(name(ids[row]), added, (before, more) -> fresh ? more : before + more);
        }
    }

    private void compareAll() {
        long[] ids = random.longs(1000, 0, 200_000).toArray();
        int[] entries = new int[ids.length];
        table.find(keys(ids), namespaces(ids), entries);
        for (int row = 0; row < ids.length; row++) {
            String held = entries[row] < 0 ? null : note(table.words()[entries[row] + 1]);
            assertThat(held).isEqualTo(model.get(name(ids[row])));
        }
    }

    /** Freezes all there is, goes on changing it while it is copied, and reads the copies. */
    private void compareFreeze() {
        Map<String, String> frozen = new HashMap<>(model);
        TableUpkeep.Freeze freeze = table.upkeep().freeze(TableUpkeep.Extent.ALL);
        while (table.upkeep().sweep()) {
            change(500);
        }
        change(500);
        Map<String, String> copied = new HashMap<>();
        FrozenCursor entries = new FrozenCursor(freeze.copies());
        while (entries.next()) {
            ByteBuffer key = entries.key();
            key.position(key.position() + 2);
            Object id = new KeyCodec(schema.key()).decode(key).get(0);
            byte[] note = (byte[])
                    new ValueCodec(schema.value()).decode(entries.value()).get(1);
            copied.put(id.toString(), new String(note, StandardCharsets.UTF_8));
        }
        assertThat(copied).isEqualTo(frozen);
    }

    private String note(long reference) {
        byte[] note = new byte[table.values().length(reference)];
        table.values().read(reference, note, 0);
        return new String(note, StandardCharsets.UTF_8);
    }

    private KeyBatch keys(long[] ids) {
        Object[] arrays = {kind.type == ColumnType.LONG ? ids : names(ids)};
        long[] hashes = new long[ids.length];
        new KeyHasher(schema.key()).hash(arrays, ids.length, hashes);
        KeyBatch batch = new KeyBatch(schema.key());
        batch.bind(arrays, hashes, ids.length);
        return batch;
    }

    private Object[] names(long[] ids) {
        Object[] names = new Object[ids.length];
        for (int row = 0; row < ids.length; row++) {
            names[row] = name(ids[row]);
        }
        return names;
    }

    private long @Nullable [] namespaces(long[] ids) {
        return kind.namespaced ? ids : null;
    }

    private String name(long id) {
        return kind.type == ColumnType.LONG ? String.valueOf(id) : "key " + id;
    }

    /** What keys are made of. */
    enum KeyKind {
        LONGS(ColumnType.LONG, false),
        STRINGS(ColumnType.STRING, false),
        LONGS_AND_WINDOWS(ColumnType.LONG, true);

        private final ColumnType type;
        private final boolean namespaced;

        KeyKind(ColumnType type, boolean namespaced) {
            this.type = type;
            this.namespaced = namespaced;
        }
    }
}
