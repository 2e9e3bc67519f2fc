package io.strandline.state.table;

import io.strandline.state.KeyColumns;

/**
 * Sorts copied entries as their stored keys sort: into key groups by counting, within one by the first eight bytes behind the
 * key group (radix sort, carrying the index), and what is then still equal by comparing. A key group is sorted when it is asked for:
 * its entries lie close together and stay in the cache until they are used.
 */
final class EntryOrder {

    private static final int RADIX_FROM = 64;
    private static final int DIGITS = 256;

    private final EntryCopies copies;
    private final EntryLayout layout;
    private final int[] order;
    private final int[] ends;
    private int sorted;
    private int nextGroup;
    private long[] words = {};
    private long[] otherWords = {};
    private int[] records = {};
    private int[] otherRecords = {};

    /** Divides the records into key groups. */
    EntryOrder(EntryCopies copies) {
        this.copies = copies;
        this.layout = copies.layout();
        this.order = new int[copies.size()];
        this.ends = bucketByKeyGroup();
    }

    /** Indexes of the records in the order of their stored keys. */
    static int[] of(EntryCopies copies) {
        EntryOrder sorting = new EntryOrder(copies);
        sorting.reach(sorting.size());
        return sorting.order;
    }

    /** How many records there are. */
    int size() {
        return order.length;
    }

    /** Sorts on until the first {@code count} records in order are known. */
    void reach(int count) {
        while (sorted < count) {
            int end = ends[nextGroup++];
            sort(sorted, end);
            sorted = end;
        }
    }

    /** The index of the record at a place in the order, one of those {@link #reach}ed. */
    int record(int place) {
        return order[place];
    }

    private int[] bucketByKeyGroup() {
        int size = copies.size();
        int[] next = new int[layout.maxParallelism + 1];
        int[] keyGroups = new int[size];
        for (int i = 0; i < size; i++) {
            int keyGroup = KeyColumns.keyGroup(layout.hash(copies.block(i), copies.offset(i)), layout.maxParallelism);
            keyGroups[i] = keyGroup;
            next[keyGroup + 1]++;
        }
        for (int keyGroup = 0; keyGroup < layout.maxParallelism; keyGroup++) {
            next[keyGroup + 1] += next[keyGroup];
        }
        for (int i = 0; i < size; i++) {
            order[next[keyGroups[i]]++] = i;
        }
        return next;
    }

    private void sort(int from, int to) {
        int count = to - from;
        if (count > records.length) {
            words = new long[count];
            otherWords = new long[count];
            records = new int[count];
            otherRecords = new int[count];
        }
        System.arraycopy(order, from, records, 0, count);
        if (count < RADIX_FROM) {
            insertionSort(0, count);
        } else {
            radixSort(count);
            sortEqualWords(count);
        }
        System.arraycopy(records, 0, order, from, count);
    }

    private void sortEqualWords(int count) {
        for (int start = 0; start < count; ) {
            int end = start + 1;
            while (end < count && words[end] == words[start]) {
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
            int index = records[i];
            int at = i;
            while (at > from && compare(records[at - 1], index) > 0) {
                records[at] = records[at - 1];
                at--;
            }
            records[at] = index;
        }
    }

    private void radixSort(int count) {
        long differing = 0;
        for (int i = 0; i < count; i++) {
            words[i] = firstWord(records[i]);
            differing |= words[i] ^ words[0];
        }
        for (int shift = 0; shift < Long.SIZE; shift += 8) {
            if ((differing >>> shift & 0xff) != 0) {
                distribute(count, shift);
            }
        }
    }

    private void distribute(int count, int shift) {
        long[] from = words;
        int[] fromRecords = records;
        int[] next = new int[DIGITS + 1];
        for (int i = 0; i < count; i++) {
            next[(int) (from[i] >>> shift & 0xff) + 1]++;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            next[digit + 1] += next[digit];
        }
        for (int i = 0; i < count; i++) {
            int at = next[(int) (from[i] >>> shift & 0xff)]++;
            otherWords[at] = from[i];
            otherRecords[at] = fromRecords[i];
        }
        words = otherWords;
        records = otherRecords;
        otherWords = from;
        otherRecords = fromRecords;
    }

    private void mergeSort(int from, int to) {
        if (to - from < RADIX_FROM) {
            insertionSort(from, to);
            return;
        }
        int middle = from + to >>> 1;
        mergeSort(from, middle);
        mergeSort(middle, to);
        System.arraycopy(records, from, otherRecords, from, to - from);
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeLeft = right == to || left < middle && compare(otherRecords[left], otherRecords[right]) <= 0;
            records[at] = takeLeft ? otherRecords[left++] : otherRecords[right++];
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
