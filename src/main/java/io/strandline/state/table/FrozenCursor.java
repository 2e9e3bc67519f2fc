package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.RunReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Walks copied entries in the order of their stored keys, encoding each. */
public final class FrozenCursor implements RunReader.Cursor {

    private final EntryCopies copies;
    private final EntryLayout layout;
    private final int[] order;
    private final KeyBuffer key = new KeyBuffer();
    private final KeyBuffer value = new KeyBuffer();
    private ByteBuffer keyView = ByteBuffer.wrap(key.bytes());
    private ByteBuffer valueView = ByteBuffer.wrap(value.bytes());
    private int next;

    /** Sorts the copies. */
    public FrozenCursor(EntryCopies copies) {
        this.copies = copies;
        this.layout = copies.layout();
        this.order = EntryOrder.of(copies);
    }

    @Override
    public boolean next() {
        if (next == order.length) {
            return false;
        }
        next++;
        long[] words = copies.block(order[next - 1]);
        int at = copies.offset(order[next - 1]);
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
        long[] words = copies.block(order[next - 1]);
        int at = copies.offset(order[next - 1]);
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
}
