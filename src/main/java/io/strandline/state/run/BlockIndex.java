package io.strandline.state.run;

import java.util.Arrays;

/**
 * A key and a place for every block of a sorted file, on the heap. Blocks are found by key group, then by the eight bytes behind
 * it as one number; only what is equal in those is compared byte by byte.
 */
public final class BlockIndex {

    private static final int KEY_GROUP_BYTES = 2;

    private byte[] keys = new byte[1024];
    private int keyBytes;
    private int[] keyEnds = new int[16];
    private long[] words = new long[16];
    private long[] offsets = new long[16];
    private int[] lengths = new int[16];
    private int[] groups = new int[16];
    private int blocks;
    private int[] groupStarts = {};

    /** Appends a block, whose key is not before that of the last. */
    public void add(byte[] source, int from, int to, long offset, int length) {
        if (blocks == words.length) {
            grow();
        }
        int bytes = to - from;
        if (keyBytes + bytes > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(keyBytes + bytes, 2 * keys.length));
        }
        System.arraycopy(source, from, keys, keyBytes, bytes);
        keyBytes += bytes;
        keyEnds[blocks] = keyBytes;
        groups[blocks] = group(source, from, to);
        words[blocks] = word(source, from, to);
        offsets[blocks] = offset;
        lengths[blocks++] = length;
    }

    /** Ends adding. */
    public BlockIndex finish() {
        // the last block's key may lie far behind all key groups
        int first = blocks == 0 ? 0 : groups[0];
        int last = blocks < 2 ? first - 1 : groups[blocks - 2];
        groupStarts = new int[last - first + 2];
        int block = 0;
        for (int group = first; group <= last + 1; group++) {
            while (block < blocks && groups[block] < group) {
                block++;
            }
            groupStarts[group - first] = block;
        }
        return this;
    }

    /** Number of blocks. */
    public int blocks() {
        return blocks;
    }

    /** Where a block begins in its file. */
    public long offset(int block) {
        return offsets[block];
    }

    /** Bytes of a block. */
    public int length(int block) {
        return lengths[block];
    }

    /** How many blocks have a key before the given one, or, if {@code orEqual}, not behind it. */
    public int before(byte[] key, int from, int to, boolean orEqual) {
        if (blocks == 0) {
            return 0;
        }
        int group = group(key, from, to);
        int start = Math.min(group - groups[0], groupStarts.length - 1);
        if (start < 0) {
            return 0;
        }
        int low = groupStarts[start];
        int high = start + 1 < groupStarts.length ? groupStarts[start + 1] : blocks;
        if (low < high && groups[high - 1] != group) {
            return groups[high - 1] < group ? high : low;
        }
        return before(key, from, to, orEqual, low, high);
    }

    /** The same among neighbours of the key's own key group. */
    private int before(byte[] key, int from, int to, boolean orEqual, int first, int end) {
        long word = word(key, from, to);
        int low = first;
        int high = end;
        while (low < high) {
            int middle = low + high >>> 1;
            int order = Long.compareUnsigned(words[middle], word);
            if (order == 0) {
                int start = middle == 0 ? 0 : keyEnds[middle - 1];
                order = Arrays.compareUnsigned(keys, start, keyEnds[middle], key, from, to);
            }
            if (order < 0 || order == 0 && orEqual) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void grow() {
        int size = 2 * blocks;
        keyEnds = Arrays.copyOf(keyEnds, size);
        words = Arrays.copyOf(words, size);
        offsets = Arrays.copyOf(offsets, size);
        lengths = Arrays.copyOf(lengths, size);
        groups = Arrays.copyOf(groups, size);
    }

    private static int group(byte[] key, int from, int to) {
        int high = from < to ? key[from] & 0xff : 0;
        int low = from + 1 < to ? key[from + 1] & 0xff : 0;
        return high << 8 | low;
    }

    /** The eight bytes behind the key group as an unsigned number, with zeros behind a shorter key. */
    private static long word(byte[] key, int from, int to) {
        int start = Math.min(to, from + KEY_GROUP_BYTES);
        int end = Math.min(to, start + Long.BYTES);
        long word = 0;
        for (int at = start; at < end; at++) {
            word |= (key[at] & 0xffL) << 56 - 8 * (at - start);
        }
        return word;
    }
}
