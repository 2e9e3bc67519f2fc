package io.strandline.state.rocksdb;

import io.strandline.state.run.Varints;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks the entries of one block of a table file. Each begins with how many bytes its key shares with the one before; at
 * restart points, listed at the block's end, it shares none. Keys end with eight bytes of type and sequence, which are not
 * shown.
 */
final class SstBlock {

    private static final int SEQUENCE_BYTES = 8;
    private static final byte DELETE_TYPE = 0;

    private final ByteBuffer bytes;
    private final int entriesEnd;
    private final int restarts;
    private byte[] key = new byte[64];
    private int keyLength;
    private int next;
    private int valueAt;
    private int valueLength;

    /** Stands before the first entry of a block, given without its trailer. */
    SstBlock(ByteBuffer bytes) {
        this.bytes = bytes;
        this.restarts = Integer.reverseBytes(bytes.getInt(bytes.limit() - Integer.BYTES));
        this.entriesEnd = bytes.limit() - Integer.BYTES * (restarts + 1);
        if (bytes.order() != ByteOrder.BIG_ENDIAN || restarts < 1 || entriesEnd < 0) {
            throw new IndexOutOfBoundsException(
                    "a block of %d bytes with %d restarts".formatted(bytes.limit(), restarts));
        }
    }

    /** Moves on; false at the end. */
    boolean next() {
        if (next >= entriesEnd) {
            return false;
        }
        int at = next;
        int shared = Varints.at(bytes, at);
        at += Varints.length(shared);
        int unshared = Varints.at(bytes, at);
        at += Varints.length(unshared);
        valueLength = Varints.at(bytes, at);
        at += Varints.length(valueLength);
        if (shared + unshared > key.length) {
            key = Arrays.copyOf(key, 2 * (shared + unshared));
        }
        bytes.get(at, key, shared, unshared);
        keyLength = shared + unshared - SEQUENCE_BYTES;
        valueAt = at + unshared;
        next = valueAt + valueLength;
        return true;
    }

    /** Stands before the last restart point whose key is before the given one, or the first. */
    void jumpBefore(byte[] sought, int from, int to) {
        int low = 0;
        int high = restarts - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            next = Integer.reverseBytes(bytes.getInt(entriesEnd + Integer.BYTES * middle));
            next();
            if (compareTo(sought, from, to) < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        next = Integer.reverseBytes(bytes.getInt(entriesEnd + Integer.BYTES * low));
    }

    int compareTo(byte[] other, int from, int to) {
        return Arrays.compareUnsigned(key, 0, keyLength, other, from, to);
    }

    /** The current key's bytes, replaced when it grows; {@link #keyLength} of them. */
    byte[] key() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    /** Whether the current entry is a delete marker. */
    boolean isDelete() {
        return key[keyLength] == DELETE_TYPE;
    }

    /** A view of the current value. */
    ByteBuffer value() {
        return bytes.slice(valueAt, valueLength);
    }
}
