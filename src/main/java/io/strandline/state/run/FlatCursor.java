package io.strandline.state.run;

import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks a flat run from a block on, a copied block at a time. */
final class FlatCursor implements RunReader.Cursor {

    private static final byte[] EMPTY = {};

    private final FlatRunReader run;
    private int nextBlock;
    private byte[] bytes = EMPTY;
    private int length;
    private int at;
    private int keyAt;
    private int keyLength;
    private int valueLength;
    private boolean held;
    private ByteBuffer keyView = ByteBuffer.wrap(EMPTY);
    private ByteBuffer valueView = ByteBuffer.wrap(EMPTY);

    FlatCursor(FlatRunReader run, int block) throws IOException {
        this.run = run;
        this.nextBlock = block;
        load();
    }

    @Override
    public boolean next() throws IOException {
        if (held) {
            held = false;
            return true;
        }
        while (!nextInBlock()) {
            if (!load()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public ByteBuffer key() {
        return keyView.limit(keyAt + keyLength).position(keyAt);
    }

    @Override
    public @Nullable ByteBuffer value() {
        int from = keyAt + keyLength;
        return valueLength < 0 ? null : valueView.limit(from + valueLength).position(from);
    }

    @Override
    public void close() {}

    /** Moves on within the block; false at its end. */
    boolean nextInBlock() {
        if (at >= length) {
            return false;
        }
        keyLength = varint();
        valueLength = varint() - 1;
        keyAt = at;
        at = keyAt + keyLength + Math.max(0, valueLength);
        return true;
    }

    int compareTo(byte[] key, int from, int to) {
        return Arrays.compareUnsigned(bytes, keyAt, keyAt + keyLength, key, from, to);
    }

    /** Stands before the first key at or after the given one. */
    void skipTo(byte[] key, int from, int to) throws IOException {
        while (next()) {
            if (compareTo(key, from, to) >= 0) {
                held = true;
                return;
            }
        }
    }

    private boolean load() throws IOException {
        if (nextBlock >= run.blocks()) {
            return false;
        }
        ByteBuffer records = run.records(nextBlock++);
        length = records.remaining();
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
            keyView = ByteBuffer.wrap(bytes);
            valueView = ByteBuffer.wrap(bytes);
        }
        records.get(bytes, 0, length);
        at = 0;
        return true;
    }

    private int varint() {
        int value = bytes[at++];
        if (value >= 0) {
            return value;
        }
        value &= 0x7f;
        for (int shift = 7; ; shift += 7) {
            int next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
