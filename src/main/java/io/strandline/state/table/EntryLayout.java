package io.strandline.state.table;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyCodec;
import io.strandline.state.KeyColumns;
import io.strandline.state.Murmur3;
import io.strandline.state.ValueCodec;
import java.util.stream.IntStream;

/**
 * Where the words of one entry lie: key, extra words (time of a timer, namespace), meta, value. A key that is one whole number
 * is its own word; any other key takes two, its hash and a reference into a {@link ByteSlab}, which also holds what the words of
 * variable-width value columns name.
 *
 * <p>Slots are as wide as the next power of two up to eight words, so that none straddles a cache line.
 */
public final class EntryLayout {

    private static final int CACHE_LINE_WORDS = 8;

    final StateSchema schema;
    final KeyCodec codec;
    final ValueCodec values;
    final int maxParallelism;
    final KeyGroupRange keyGroups;
    final boolean inlineKey;
    final boolean timers;
    final int extras;
    final int extraAt;
    final int metaAt;
    final int valueAt;
    final int width;
    /** Which words of an entry are references into the slab. */
    final int[] references;

    final int recordWords;
    final int stride;

    /** For the given key groups of a state. */
    public EntryLayout(StateSchema schema, KeyGroupRange keyGroups, int maxParallelism) {
        this.schema = schema;
        this.codec = new KeyCodec(schema.key());
        this.values = new ValueCodec(schema.value());
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
        this.timers = schema.form() == StateSchema.Form.TIMERS;
        this.inlineKey = codec.singleLong();
        this.extras = (timers ? 1 : 0) + (schema.namespaced() ? 1 : 0);
        this.extraAt = inlineKey ? 1 : 2;
        this.metaAt = extraAt + extras;
        this.valueAt = metaAt + 1;
        this.width = schema.value().size();
        this.references = references(schema, inlineKey ? -1 : 1, valueAt);
        this.recordWords = valueAt + width;
        this.stride = recordWords <= CACHE_LINE_WORDS
                ? Math.max(2, Integer.highestOneBit(2 * recordWords - 1))
                : (recordWords + CACHE_LINE_WORDS - 1) / CACHE_LINE_WORDS * CACHE_LINE_WORDS;
    }

    /** The state. */
    public StateSchema schema() {
        return schema;
    }

    /** The key groups that the table owns. */
    public KeyGroupRange keyGroups() {
        return keyGroups;
    }

    /** The key group of a key with this hash. */
    public int keyGroupOf(long hash) {
        return KeyColumns.keyGroup(hash, maxParallelism);
    }

    private static int[] references(StateSchema schema, int keyAt, int valueAt) {
        IntStream values = IntStream.range(0, schema.value().size())
                .filter(column -> !schema.value().get(column).type().fixedWidth())
                .map(column -> valueAt + column);
        return IntStream.concat(IntStream.of(keyAt).filter(at -> at >= 0), values)
                .toArray();
    }

    /** The hash of a key of one word. */
    static long hashOf(long key) {
        return Murmur3.hash(key ^ Long.MIN_VALUE);
    }

    /** The hash of the key in the record at {@code at}. */
    long hash(long[] words, int at) {
        return inlineKey ? hashOf(words[at]) : words[at];
    }

    /** Whether the record at {@code at} has these extra words. */
    boolean extrasEqual(long[] words, int at, long first, long second) {
        return extras == 0 || words[at + extraAt] == first && (extras == 1 || words[at + extraAt + 1] == second);
    }

    int keyGroup(long[] words, int at) {
        return KeyColumns.keyGroup(hash(words, at), maxParallelism);
    }
}
