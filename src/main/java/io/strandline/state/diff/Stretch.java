package io.strandline.state.diff;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Neighbouring key groups in which both versions have the same runs all along.
 *
 * @param keyGroups the key groups
 * @param shared the oldest runs of both, as far as they are the same; only keys in the others can differ
 * @param from the runs behind those in the one version, oldest first
 * @param to the runs behind those in the other
 */
record Stretch(KeyGroupRange keyGroups, List<Run> shared, List<Run> from, List<Run> to) {

    Stretch {
        shared = List.copyOf(shared);
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** Whether nothing can differ. */
    boolean same() {
        return from.isEmpty() && to.isEmpty();
    }

    /** Splits all key groups where a run of either list begins or ends. */
    static List<Stretch> of(List<Run> from, List<Run> to, int maxParallelism) {
        TreeSet<Integer> starts = new TreeSet<>();
        starts.add(0);
        Stream.concat(from.stream(), to.stream()).map(Run::keyGroups).forEach(range -> {
            starts.add(range.first());
            starts.add(range.last() + 1);
        });
        List<Stretch> stretches = new ArrayList<>();
        for (int first : starts.headSet(maxParallelism)) {
            Integer next = starts.higher(first);
            int end = next == null ? maxParallelism : next;
            stretches.add(of(covering(from, first), covering(to, first), new KeyGroupRange(first, end - 1)));
        }
        return stretches;
    }

    private static Stretch of(List<Run> from, List<Run> to, KeyGroupRange keyGroups) {
        int shared = 0;
        while (shared < from.size() && shared < to.size() && same(from.get(shared), to.get(shared))) {
            shared++;
        }
        return new Stretch(
                keyGroups, from.subList(0, shared), from.subList(shared, from.size()), to.subList(shared, to.size()));
    }

    private static List<Run> covering(List<Run> runs, int keyGroup) {
        return runs.stream().filter(run -> run.keyGroups().contains(keyGroup)).toList();
    }

    /** Whether two runs show the same entries, whatever they are labelled. */
    private static boolean same(Run left, Run right) {
        return left.content().equals(right.content());
    }
}
