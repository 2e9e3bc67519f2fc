package io.strandline.state.rocksdb;

import io.strandline.state.run.BloomFilter;
import io.strandline.state.run.FilteredRun;
import io.strandline.storage.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table file where it lies in the map. The library is not asked: through JNI a look-up takes seven times as long, and a
 * version's files would have to be linked and ingested first.
 */
final class SstRunReader implements FilteredRun {

    private final SstTable table;
    private final BloomFilter filter;

    SstRunReader(BlobReader blob) throws IOException {
        this.table = new SstTable(blob);
        this.filter = readFilter();
    }

    @Override
    public BloomFilter filter() {
        return filter;
    }

    @Override
    public Found find(byte[] key, int from, int to) throws IOException {
        int number = table.blockOf(key, from, to);
        if (number == table.blocks()) {
            return Found.ABSENT;
        }
        SstBlock block = table.block(number);
        block.jumpBefore(key, from, to);
        while (block.next()) {
            int order = block.compareTo(key, from, to);
            if (order == 0) {
                return block.isDelete() ? Found.DELETED : Found.value(block.value());
            }
            if (order > 0) {
                break;
            }
        }
        return Found.ABSENT;
    }

    @Override
    public Cursor seek(ByteBuffer from) throws IOException {
        byte[] key = new byte[from.remaining()];
        from.get(from.position(), key);
        return new SstCursor(key);
    }

    @Override
    public void close() throws IOException {
        table.close();
    }

    private BloomFilter readFilter() throws IOException {
        byte[] key = SstRunFormat.FILTER_KEY;
        Found found = find(key, 0, key.length);
        ByteBuffer stored = found.value();
        if (stored == null) {
            throw SstTable.damaged("it has no filter", null);
        }
        try {
            return BloomFilter.read(stored);
        } catch (IllegalArgumentException e) {
            throw SstTable.damaged("its filter is none", e);
        }
    }

    /** Walks the file up to its filter. */
    private final class SstCursor implements Cursor {

        private int number;
        private @Nullable SstBlock block;
        private boolean held;
        private ByteBuffer key = ByteBuffer.allocate(0);

        SstCursor(byte[] from) throws IOException {
            number = table.blockOf(from, 0, from.length);
            if (!load()) {
                return;
            }
            SstBlock first = current();
            first.jumpBefore(from, 0, from.length);
            while (first.next()) {
                if (first.compareTo(from, 0, from.length) >= 0) {
                    held = true;
                    return;
                }
            }
        }

        @Override
        public boolean next() throws IOException {
            if (block == null) {
                return false;
            }
            if (held) {
                held = false;
            } else {
                while (!current().next()) {
                    if (!load()) {
                        return false;
                    }
                }
            }
            return show();
        }

        @Override
        public ByteBuffer key() {
            return key;
        }

        @Override
        public @Nullable ByteBuffer value() {
            return current().isDelete() ? null : current().value();
        }

        @Override
        public void close() {}

        private boolean load() throws IOException {
            block = number < table.blocks() ? table.block(number++) : null;
            return block != null;
        }

        private boolean show() {
            SstBlock shown = current();
            if (shown.key()[0] == SstRunFormat.FILTER_KEY[0]) {
                block = null;
                return false;
            }
            if (key.array() != shown.key()) {
                key = ByteBuffer.wrap(shown.key());
            }
            key.limit(shown.keyLength());
            return true;
        }

        private SstBlock current() {
            SstBlock shown = block;
            if (shown == null) {
                throw new IllegalStateException("the cursor stands before its first or behind its last entry");
            }
            return shown;
        }
    }
}
