package io.strandline.snapshot;

/**
 * Key groups {@code first} to {@code last}, both included.
 *
 * @param first at least 0
 * @param last at least {@code first}
 */
public record KeyGroupRange(int first, int last) {

    public KeyGroupRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("not a range of key groups: " + first + ".." + last);
        }
    }

    /** The range of subtask {@code subtask} of {@code parallelism}, as in Flink's key-group assignment. */
    public static KeyGroupRange of(int subtask, int parallelism, int maxParallelism) {
        int first = (subtask * maxParallelism + parallelism - 1) / parallelism;
        int last = ((subtask + 1) * maxParallelism - 1) / parallelism;
        return new KeyGroupRange(first, last);
    }

    /** Whether the range holds {@code keyGroup}. */
    public boolean contains(int keyGroup) {
        return keyGroup >= first && keyGroup <= last;
    }

    /** Whether the two ranges share a key group. */
    public boolean overlaps(KeyGroupRange other) {
        return first <= other.last && other.first <= last;
    }

    /** Number of key groups. */
    public int size() {
        return last - first + 1;
    }
}
