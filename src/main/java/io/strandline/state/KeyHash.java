package io.strandline.state;

import java.util.List;

/**
 * The hash that decides a key's group and its place in a table. It is part of the stored format: runs are ordered by key
 * group, so it never changes. Words are mixed by the finaliser of MurmurHash3 (Austin Appleby, public domain); a string's word
 * is its length and its {@link String#hashCode}, which the language specifies.
 */
public final class KeyHash {

    private KeyHash() {}

    /**
     * Hashes rows 0 to {@code size} - 1, a column at a time.
     *
     * @param arrays one a column, as {@link KeyColumns#array} describes them
     * @param hashes out
     */
    public static void hash(Object[] arrays, int size, long[] hashes) {
        for (int column = 0; column < arrays.length; column++) {
            if (arrays[column] instanceof long[] longs) {
                hashLongs(longs, size, hashes, column == 0);
            } else if (arrays[column] instanceof double[] doubles) {
                for (int row = 0; row < size; row++) {
                    hashes[row] = mix(seed(hashes, row, column) ^ Double.doubleToLongBits(doubles[row]));
                }
            } else {
                Object[] objects = (Object[]) arrays[column];
                for (int row = 0; row < size; row++) {
                    hashes[row] = mix(seed(hashes, row, column) ^ word((String) objects[row]));
                }
            }
        }
    }

    /** Hashes one key of boxed values: {@link Long}, {@link Double} or {@link String}. */
    public static long hash(List<Object> key) {
        long hash = 0;
        for (int column = 0; column < key.size(); column++) {
            Object value = key.get(column);
            long word = value instanceof Long number
                    ? number
                    : value instanceof Double number ? Double.doubleToLongBits(number) : word((String) value);
            hash = mix((column == 0 ? 0 : hash * 31) ^ word);
        }
        return hash;
    }

    /** The key group of a hash. */
    public static int keyGroup(long hash, int maxParallelism) {
        return (int) (((hash >>> 32) * maxParallelism) >>> 32);
    }

    private static void hashLongs(long[] longs, int size, long[] hashes, boolean first) {
        if (first) {
            for (int row = 0; row < size; row++) {
                hashes[row] = mix(longs[row]);
            }
        } else {
            for (int row = 0; row < size; row++) {
                hashes[row] = mix(hashes[row] * 31 ^ longs[row]);
            }
        }
    }

    private static long seed(long[] hashes, int row, int column) {
        return column == 0 ? 0 : hashes[row] * 31;
    }

    private static long word(String text) {
        return ((long) text.length() << 32) ^ (text.hashCode() & 0xffffffffL);
    }

    private static long mix(long word) {
        long mixed = word;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
