package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.RunReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks copied entries in the order of their stored keys, encoding each. In that order they and what they name lie anywhere in
 * memory, so the next few are fetched together: their cache misses overlap.
 */
public final class FrozenCursor implements RunReader.Cursor {

    private static final int TOGETHER = 32;

    private final EntryCopies copies;
    private final EntryLayout layout;
    private final EntryOrder order;
    private final long[] words;
    private final KeyBuffer key = new KeyBuffer();
    private final KeyBuffer value = new KeyBuffer();
    private ByteBuffer keyView = ByteBuffer.wrap(key.bytes());
    private ByteBuffer valueView = ByteBuffer.wrap(value.bytes());
    private int next;
    private int at;
    private int fetched;
    private long touched;

    /** Sorts the copies, a key group at a time. */
    public FrozenCursor(EntryCopies copies) {
        this.copies = copies;
        this.layout = copies.layout();
        this.order = new EntryOrder(copies);
        this.words = new long[TOGETHER * layout.recordWords];
    }

    @Override
    public boolean next() {
        if (next == fetched && !fetch()) {
            return false;
        }
        at = next++ % TOGETHER * layout.recordWords;
        key.clear();
        key.putKeyGroup(layout.keyGroup(words, at));
        if (layout.timers) {
            key.putLong(words[at + layout.extraAt]);
        }
        if (layout.inlineKey) {
            key.putLong(words[at]);
        } else {
            copies.slab().copyTo(words[at + 1], key);
        }
        if (layout.schema.namespaced()) {
            key.putLong(words[at + layout.metaAt - 1]);
        }
        if (keyView.array() != key.bytes()) {
            keyView = ByteBuffer.wrap(key.bytes());
        }
        return true;
    }

    @Override
    public ByteBuffer key() {
        return keyView.limit(key.length()).position(0);
    }

    @Override
    public @Nullable ByteBuffer value() {
        if ((words[at + layout.metaAt] & Meta.LIVE) == 0) {
            return null;
        }
        value.clear();
        layout.values.encode(words, at + layout.valueAt, copies.slab(), value);
        if (valueView.array() != value.bytes()) {
            valueView = ByteBuffer.wrap(value.bytes());
        }
        return valueView.limit(value.length()).position(0);
    }

    @Override
    public void close() {}

    private boolean fetch() {
        fetched = Math.min(next + TOGETHER, order.size());
        order.reach(fetched);
        for (int index = next, to = 0; index < fetched; index++, to += layout.recordWords) {
            copies.copyTo(order.record(index), words, to);
        }
        for (int from = 0; from < (fetched - next) * layout.recordWords; from += layout.recordWords) {
            for (int reference : layout.references) {
                touched += copies.slab().touch(words[from + reference]);
            }
        }
        return next < fetched;
    }
}
