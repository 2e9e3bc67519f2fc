package io.strandline.state.table;

import io.strandline.state.KeyColumns;
import java.util.Arrays;

/**
 * Sorts copied entries as their stored keys sort: into key groups by counting, within one by the first eight bytes behind the
 * key group (radix sort, carrying the index), and what is then still equal by comparing.
 */
final class EntryOrder {

    private static final int RADIX_FROM = 64;
    private static final int DIGITS = 256;

    private final EntryCopies copies;
    private final EntryLayout layout;
    private long[] words;
    private long[] otherWords;
    private int[] order;
    private int[] otherOrder;

    private EntryOrder(EntryCopies copies) {
        this.copies = copies;
        this.layout = copies.layout();
        this.words = new long[copies.size()];
        this.otherWords = new long[copies.size()];
        this.order = new int[copies.size()];
        this.otherOrder = new int[copies.size()];
    }

    /** Indexes of the records in the order of their stored keys. */
    static int[] of(EntryCopies copies) {
        EntryOrder sorting = new EntryOrder(copies);
        int[] starts = sorting.bucketByKeyGroup();
        for (int keyGroup = 0; keyGroup + 1 < starts.length; keyGroup++) {
            sorting.sort(starts[keyGroup], starts[keyGroup + 1]);
        }
        return sorting.order;
    }

    private int[] bucketByKeyGroup() {
        int size = copies.size();
        int[] starts = new int[layout.maxParallelism + 1];
        int[] keyGroups = otherOrder;
        for (int i = 0; i < size; i++) {
            long[] block = copies.block(i);
            int keyGroup = KeyColumns.keyGroup(layout.hash(block, copies.offset(i)), layout.maxParallelism);
            keyGroups[i] = keyGroup;
            starts[keyGroup + 1]++;
        }
        for (int keyGroup = 0; keyGroup < layout.maxParallelism; keyGroup++) {
            starts[keyGroup + 1] += starts[keyGroup];
        }
        int[] next = Arrays.copyOf(starts, layout.maxParallelism);
        for (int i = 0; i < size; i++) {
            int to = next[keyGroups[i]]++;
            order[to] = i;
            words[to] = firstWord(i);
        }
        return starts;
    }

    private void sort(int from, int to) {
        if (to - from < RADIX_FROM) {
            insertionSort(from, to);
            return;
        }
        radixSort(from, to);
        for (int start = from; start < to; ) {
            int end = start + 1;
            while (end < to && words[end] == words[start]) {
                end++;
            }
            if (end - start > 1) {
                mergeSort(start, end);
            }
            start = end;
        }
    }

    private void insertionSort(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int index = order[i];
            int at = i;
            while (at > from && compare(order[at - 1], index) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = index;
        }
    }

    private void radixSort(int from, int to) {
        long differing = 0;
        for (int i = from + 1; i < to; i++) {
            differing |= words[i] ^ words[from];
        }
        for (int shift = 0; shift < Long.SIZE; shift += 8) {
            if ((differing >>> shift & 0xff) != 0) {
                distribute(from, to, shift);
            }
        }
    }

    private void distribute(int from, int to, int shift) {
        int[] next = new int[DIGITS + 1];
        for (int i = from; i < to; i++) {
            next[(int) (words[i] >>> shift & 0xff) + 1]++;
        }
        next[0] = from;
        for (int digit = 0; digit < DIGITS; digit++) {
            next[digit + 1] += next[digit];
        }
        for (int i = from; i < to; i++) {
            int at = next[(int) (words[i] >>> shift & 0xff)]++;
            otherWords[at] = words[i];
            otherOrder[at] = order[i];
        }
        System.arraycopy(otherWords, from, words, from, to - from);
        System.arraycopy(otherOrder, from, order, from, to - from);
    }

    private void mergeSort(int from, int to) {
        if (to - from < RADIX_FROM) {
            insertionSort(from, to);
            return;
        }
        int middle = from + to >>> 1;
        mergeSort(from, middle);
        mergeSort(middle, to);
        System.arraycopy(order, from, otherOrder, from, to - from);
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeLeft = right == to || left < middle && compare(otherOrder[left], otherOrder[right]) <= 0;
            order[at] = takeLeft ? otherOrder[left++] : otherOrder[right++];
        }
    }

    /** The eight bytes behind the key group, as an unsigned number. */
    private long firstWord(int index) {
        long[] block = copies.block(index);
        int at = copies.offset(index);
        if (layout.timers) {
            return block[at + layout.extraAt] ^ Long.MIN_VALUE;
        }
        return layout.inlineKey ? block[at] ^ Long.MIN_VALUE : copies.slab().prefix(block[at + 1]);
    }

    private int compare(int leftIndex, int rightIndex) {
        long[] left = copies.block(leftIndex);
        long[] right = copies.block(rightIndex);
        int leftAt = copies.offset(leftIndex);
        int rightAt = copies.offset(rightIndex);
        int extra = layout.extraAt;
        int result = layout.timers ? Long.compare(left[leftAt + extra], right[rightAt + extra]) : 0;
        if (result == 0) {
            result = layout.inlineKey
                    ? Long.compare(left[leftAt], right[rightAt])
                    : copies.slab().compare(left[leftAt + 1], right[rightAt + 1]);
        }
        if (result == 0 && layout.schema.namespaced()) {
            int namespace = layout.metaAt - 1;
            result = Long.compare(left[leftAt + namespace], right[rightAt + namespace]);
        }
        return result;
    }
}
