package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which neighbouring runs to merge: of all stretches that lie 4 to 8 deep, the one with the fewest entries, so that runs grow in
 * tiers and a large base is touched last.
 *
 * @param inputs neighbours in the list, oldest first, each live and committed
 * @param includesOldest whether nothing older holds any of their key groups, so that delete markers may go
 */
record MergePlan(List<ListedRun> inputs, boolean includesOldest) {

    /** A key group may have this many runs above its base. */
    static final int MOST_RUNS_ABOVE_BASE = 8;

    private static final int LEAST_DEPTH = 4;
    private static final int MOST_DEPTH = 8;

    MergePlan {
        inputs = List.copyOf(inputs);
    }

    /** The merge to do next, if some key group has too many runs. */
    static Optional<MergePlan> of(List<ListedRun> runs, int maxParallelism) {
        if (depth(runs, maxParallelism) <= MOST_RUNS_ABOVE_BASE + 1) {
            return Optional.empty();
        }
        int bestFrom = 0;
        int bestTo = 0;
        long fewest = Long.MAX_VALUE;
        for (int from = 0; from < runs.size(); from++) {
            int[] depths = new int[maxParallelism];
            int deepest = 0;
            long entries = 0;
            for (int to = from; to < runs.size() && isReadable(runs.get(to)) && deepest < MOST_DEPTH; to++) {
                deepest = Math.max(deepest, deepen(depths, runs.get(to).run().keyGroups()));
                entries += runs.get(to).run().entries();
                if (deepest >= LEAST_DEPTH && entries < fewest) {
                    fewest = entries;
                    bestFrom = from;
                    bestTo = to + 1;
                }
            }
        }
        return bestTo == 0
                ? Optional.empty()
                : Optional.of(new MergePlan(runs.subList(bestFrom, bestTo), isOldest(runs, bestFrom, bestTo)));
    }

    /** The key groups from the first to the last that an input holds. */
    KeyGroupRange keyGroups() {
        return span(inputs);
    }

    private static boolean isOldest(List<ListedRun> runs, int from, int to) {
        KeyGroupRange merged = span(runs.subList(from, to));
        return runs.subList(0, from).stream()
                .noneMatch(older -> older.run().keyGroups().overlaps(merged));
    }

    private static KeyGroupRange span(List<ListedRun> runs) {
        List<KeyGroupRange> ranges = new ArrayList<>();
        runs.forEach(listed -> ranges.add(listed.run().keyGroups()));
        return new KeyGroupRange(
                ranges.stream().mapToInt(KeyGroupRange::first).min().orElseThrow(),
                ranges.stream().mapToInt(KeyGroupRange::last).max().orElseThrow());
    }

    private static boolean isReadable(ListedRun listed) {
        return listed.committed() && listed.live();
    }

    private static int depth(List<ListedRun> runs, int maxParallelism) {
        int[] depths = new int[maxParallelism];
        int deepest = 0;
        for (ListedRun listed : runs) {
            deepest = Math.max(deepest, deepen(depths, listed.run().keyGroups()));
        }
        return deepest;
    }

    private static int deepen(int[] depths, KeyGroupRange keyGroups) {
        int deepest = 0;
        for (int keyGroup = keyGroups.first(); keyGroup <= keyGroups.last(); keyGroup++) {
            deepest = Math.max(deepest, ++depths[keyGroup]);
        }
        return deepest;
    }
}
