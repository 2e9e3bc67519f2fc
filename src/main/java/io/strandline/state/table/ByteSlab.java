package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.ValueSlab;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Encoded keys and contents of values one behind the other in chunks. Only appended to: what a reference names never changes,
 * so a flusher may read through a {@link #view} while the owner appends.
 *
 * <p>A reference is, from the top: one bit for contents with room behind them, 18 bits for the chunk, 21 for the offset, 24 for
 * the length. Contents with room have a header of two numbers before them, how much room there is and how much of it is taken;
 * they come to be by {@link #append}, which leaves half as much again.
 */
final class ByteSlab implements ValueSlab {

    static final int LONGEST_KEY = (1 << 20) - 1;

    private static final int LENGTH_BITS = 24;
    private static final int OFFSET_BITS = 21;
    private static final int CHUNK_SHIFT = LENGTH_BITS + OFFSET_BITS;
    private static final int MOST_CHUNKS = 1 << Long.SIZE - 1 - CHUNK_SHIFT;
    private static final long ROOMY = Long.MIN_VALUE;
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int LEAST_ROOM = 32;

    private static final int FIRST_CHUNK_BYTES = 1 << 8;
    private static final int DOUBLINGS = 12;

    /** A slab of so many bytes grows by large chunks. */
    private static final long LARGE_BYTES = 32 << 20;

    /**
     * With the array's header two megabytes, which fills the collector's regions: a chunk of one megabyte has one of two megabytes to
     * itself.
     */
    private static final int LARGE_CHUNK_BYTES = (1 << OFFSET_BITS) - 16;

    private static final byte[] NO_CHUNK = {};

    private byte[][] chunks;
    private boolean[] condemned = {};
    private int current = -1;
    private int used;
    private int made;
    private long bytes;
    private long condemnedBytes;

    /** An empty slab. */
    ByteSlab() {
        this(new byte[0][]);
    }

    private ByteSlab(byte[][] chunks) {
        this.chunks = chunks;
    }

    /** The same contents as they are now, for another thread: what is dropped here stays there. */
    ByteSlab view() {
        return new ByteSlab(chunks);
    }

    /**
     * Appends the key from {@code from} to the buffer's end.
     *
     * @throws IllegalArgumentException when the key is longer than 1 MiB - 1
     */
    long add(KeyBuffer key, int from) {
        int length = key.length() - from;
        if (length > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "a key of %d bytes is longer than the %d that fit".formatted(length, LONGEST_KEY));
        }
        return put(key.bytes(), from, length);
    }

    @Override
    public long put(byte[] from, int at, int length) {
        if (length == 0) {
            return 0;
        }
        requireFits(length);
        int start = allocate(length);
        System.arraycopy(from, at, chunks[current], start, length);
        return reference(current, start, length);
    }

    @Override
    public long append(long reference, byte[] from, int at, int length) {
        if (length == 0) {
            return reference;
        }
        int before = length(reference);
        requireFits((long) before + length);
        if (reference < 0 && !isCondemned(reference)) {
            ByteBuffer chunk = ByteBuffer.wrap(chunk(reference));
            int header = offset(reference) - HEADER_BYTES;
            if (chunk.getInt(header + Integer.BYTES) == before && before + length <= chunk.getInt(header)) {
                chunk.putInt(header + Integer.BYTES, before + length);
                System.arraycopy(from, at, chunk.array(), offset(reference) + before, length);
                return reference + length;
            }
        }
        int all = before + length;
        int room = Math.min(LONGEST, Math.max(LEAST_ROOM, all + all / 2));
        int start = allocate(HEADER_BYTES + room) + HEADER_BYTES;
        byte[] chunk = chunks[current];
        ByteBuffer.wrap(chunk, start - HEADER_BYTES, HEADER_BYTES).putInt(room).putInt(all);
        System.arraycopy(chunk(reference), offset(reference), chunk, start, before);
        System.arraycopy(from, at, chunk, start + before, length);
        return ROOMY | reference(current, start, all);
    }

    @Override
    public int length(long reference) {
        return (int) reference & LONGEST;
    }

    @Override
    public int read(long reference, byte[] into, int at) {
        int length = length(reference);
        System.arraycopy(chunk(reference), offset(reference), into, at, length);
        return length;
    }

    /** Fetches what a reference names into the cache; the sum of its first and last byte, which mean nothing. */
    int touch(long reference) {
        byte[] chunk = chunk(reference);
        int from = offset(reference);
        int length = length(reference);
        return length == 0 ? 0 : chunk[from] + chunk[from + length - 1];
    }

    boolean equals(long reference, KeyBuffer key) {
        int from = offset(reference);
        return Arrays.equals(chunk(reference), from, from + length(reference), key.bytes(), 0, key.length());
    }

    void copyTo(long reference, KeyBuffer target) {
        target.putBytes(chunk(reference), offset(reference), length(reference));
    }

    ByteBuffer view(long reference) {
        return ByteBuffer.wrap(chunk(reference), offset(reference), length(reference));
    }

    int compare(long left, long right) {
        return Arrays.compareUnsigned(
                chunk(left),
                offset(left),
                offset(left) + length(left),
                chunk(right),
                offset(right),
                offset(right) + length(right));
    }

    /** The first eight bytes of a key as an unsigned number, with zeros behind a shorter one. */
    long prefix(long reference) {
        byte[] chunk = chunk(reference);
        int from = offset(reference);
        int length = Math.min(length(reference), Long.BYTES);
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (chunk[from + i] & 0xffL) << 56 - 8 * i;
        }
        return prefix;
    }

    /** Bytes of the chunks, whether what is in them is still referred to or not. */
    long bytes() {
        return bytes;
    }

    /** Bytes of the chunks that are not condemned. */
    long keptBytes() {
        return bytes - condemnedBytes;
    }

    /** Condemns every chunk there is: what is still needed of them has to be {@link #rescue}d before they are dropped. */
    void condemn() {
        condemned = new boolean[chunks.length];
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            condemned[chunk] = chunks[chunk].length > 0;
        }
        condemnedBytes = bytes;
        current = -1;
        made = 0;
    }

    /** The reference to keep: of what lies in a condemned chunk that of a copy. */
    long rescue(long reference) {
        return isCondemned(reference) ? put(chunk(reference), offset(reference), length(reference)) : reference;
    }

    /** Lets the condemned chunks go. */
    void drop() {
        byte[][] kept = chunks.clone();
        for (int chunk = 0; chunk < condemned.length; chunk++) {
            if (condemned[chunk]) {
                kept[chunk] = NO_CHUNK;
            }
        }
        chunks = kept;
        condemned = new boolean[0];
        bytes -= condemnedBytes;
        condemnedBytes = 0;
    }

    private boolean isCondemned(long reference) {
        int chunk = chunkIndex(reference);
        return chunk < condemned.length && condemned[chunk] && length(reference) > 0;
    }

    /** Where so many bytes are free in the current chunk, which may be a new one. */
    private int allocate(int length) {
        if (current < 0 || used + length > chunks[current].length || used >= 1 << OFFSET_BITS) {
            int next = bytes < LARGE_BYTES ? FIRST_CHUNK_BYTES << Math.min(made++, DOUBLINGS) : LARGE_CHUNK_BYTES;
            int size = Math.max(length, next);
            current = freeIndex();
            chunks[current] = new byte[size];
            bytes += size;
            used = 0;
        }
        int start = used;
        used += length;
        return start;
    }

    /** An index for a new chunk, in a new array: views keep the old one. */
    private int freeIndex() {
        int index = condemned.length;
        while (index < chunks.length && chunks[index].length > 0) {
            index++;
        }
        if (index == chunks.length) {
            if (index == MOST_CHUNKS) {
                throw new IllegalStateException("more than %d chunks of keys and values".formatted(MOST_CHUNKS));
            }
            chunks = Arrays.copyOf(chunks, index + 1);
            chunks[index] = NO_CHUNK;
        } else {
            chunks = chunks.clone();
        }
        return index;
    }

    private byte[] chunk(long reference) {
        int index = chunkIndex(reference);
        return index < chunks.length ? chunks[index] : NO_CHUNK;
    }

    private static int chunkIndex(long reference) {
        return (int) ((reference & ~ROOMY) >>> CHUNK_SHIFT);
    }

    private static int offset(long reference) {
        return (int) (reference >>> LENGTH_BITS) & (1 << OFFSET_BITS) - 1;
    }

    private static long reference(int chunk, int offset, int length) {
        return (long) chunk << CHUNK_SHIFT | (long) offset << LENGTH_BITS | length;
    }

    private static void requireFits(long length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "a value of %d bytes is longer than the %d that fit".formatted(length, LONGEST));
        }
    }
}
