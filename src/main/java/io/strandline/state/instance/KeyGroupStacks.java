package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What of a list of runs lies over each key group, counted up to the first run that cannot be merged yet. Bytes are estimates: a
 * file's are spread evenly over its key groups.
 */
final class KeyGroupStacks {

    private static final double SLICE_TOLERANCE = 1.25;
    private static final double STEADY_DEPTH = 0.95;
    private static final double NEARLY_MOST = 0.9;
    private static final double NEARLY_AS_CHANGED = 0.75;

    private final List<ListedRun> runs;
    private final MergeRules rules;
    private final int[] depth;
    private final int[] baseAt;
    private final int[] readableTo;
    private final double[] baseBytes;
    private final double[] changedBytes;
    private final double bases;
    private final double sliceBytes;

    KeyGroupStacks(List<ListedRun> runs, int maxParallelism, MergeRules rules) {
        this.runs = runs;
        this.rules = rules;
        this.depth = new int[maxParallelism];
        this.baseAt = new int[maxParallelism];
        this.readableTo = new int[maxParallelism];
        this.baseBytes = new double[maxParallelism];
        this.changedBytes = new double[maxParallelism];
        Arrays.fill(readableTo, runs.size());
        for (int index = 0; index < runs.size(); index++) {
            count(index);
        }
        this.bases = Arrays.stream(baseBytes).sum();
        this.sliceBytes = SLICE_TOLERANCE * Math.max(rules.leastSliceBytes(), bases / rules.slices());
    }

    /**
     * Merges the newest runs, over all their key groups, as long as each is too small to stand by itself: so small that, were all
     * like it, a key group would lie too deep before its turn came to be rewritten.
     */
    Optional<MergePlan> mergeSmall() {
        double least = Math.max(rules.leastSliceBytes(), bases / (rules.rewrite() * STEADY_DEPTH * rules.mostDepth()));
        int to = runs.size();
        while (to > 0 && !isReadable(runs.get(to - 1))) {
            to--;
        }
        int from = to;
        double bytes = 0;
        while (from > 0 && isReadable(runs.get(from - 1)) && spread(runs.get(from - 1)) < least) {
            from--;
            bytes += runs.get(from).sizeBytes();
        }
        Stretch stretch = new Stretch(from, to);
        int stacked = stretch.depth(runs, depth.length);
        boolean enough = stacked > 1 && bytes >= least;
        boolean many = stacked >= (bytes < rules.leastSliceBytes() ? MergeRules.MOST_TINY : MergeRules.MOST_SMALL);
        return enough || many ? Optional.of(plan(stretch, stretch.span(runs))) : Optional.empty();
    }

    /** Merges some neighbours over the deepest key group and those beside it, if it is deeper than allowed. */
    Optional<MergePlan> mergeDeepest() {
        int deepest = most(group -> depth[group]);
        if (depth[deepest] <= rules.mostDepth()) {
            return Optional.empty();
        }
        Stretch stretch = cheapest(over(deepest));
        KeyGroupRange slice = widen(deepest, group -> bytes(stretch, group), group -> isMergeable(stretch, group));
        return Optional.of(plan(stretch, slice));
    }

    /**
     * Rewrites the key groups that changed most, if any changed enough. Of those that changed nearly as much the first are taken, so
     * that slices come round in the order of their key groups and leave each run in few pieces.
     */
    Optional<MergePlan> rewriteMostChanged() {
        double most = change(most(this::change));
        if (most == 0 || most < rules.leastChange()) {
            return Optional.empty();
        }
        int chosen = IntStream.range(0, depth.length)
                .filter(group -> change(group) >= NEARLY_MOST * most)
                .findFirst()
                .orElseThrow();
        Stretch stretch = new Stretch(0, readableTo[chosen]);
        KeyGroupRange slice = widen(
                chosen,
                group -> Math.max(baseBytes[group], changedBytes[group]),
                group -> depth[group] > 1
                        && readableTo[group] >= stretch.to
                        && (baseAt[group] == baseAt[chosen] || change(group) >= NEARLY_AS_CHANGED * change(chosen)));
        return Optional.of(plan(stretch, slice));
    }

    private void count(int index) {
        ListedRun listed = runs.get(index);
        KeyGroupRange held = listed.run().keyGroups();
        for (int group = held.first(); group <= held.last(); group++) {
            if (readableTo[group] < index) {
                continue;
            }
            if (!isReadable(listed)) {
                readableTo[group] = index;
            } else if (depth[group]++ == 0) {
                baseAt[group] = index;
                baseBytes[group] = listed.bytesPerKeyGroup();
            } else {
                changedBytes[group] += listed.bytesPerKeyGroup();
            }
        }
    }

    /** The first key group with the highest measure. */
    private int most(IntToDoubleFunction measure) {
        int most = 0;
        for (int group = 1; group < depth.length; group++) {
            most = measure.applyAsDouble(group) > measure.applyAsDouble(most) ? group : most;
        }
        return most;
    }

    /** The bytes of a run if it lay over all key groups. */
    private double spread(ListedRun listed) {
        return listed.bytesPerKeyGroup() * depth.length;
    }

    private double change(int group) {
        return depth[group] < 2 ? 0 : changedBytes[group] / Math.max(1, baseBytes[group]);
    }

    /** Places in the list of the runs over a key group that may be merged. */
    private int[] over(int group) {
        return IntStream.range(0, readableTo[group])
                .filter(index -> runs.get(index).run().keyGroups().contains(group))
                .toArray();
    }

    /** Of the stretches of these runs the one with the fewest bytes for each run that it takes away. */
    private Stretch cheapest(int[] places) {
        Stretch best = new Stretch(places[0], places[0] + 1);
        double fewest = Double.POSITIVE_INFINITY;
        for (int from = 0; from < places.length; from++) {
            double bytes = 0;
            int most = Math.min(places.length, from + MergeRules.MOST_STRETCH);
            for (int to = from; to < most; to++) {
                bytes += runs.get(places[to]).bytesPerKeyGroup();
                int taken = to - from;
                if (taken + 1 >= MergeRules.LEAST_STRETCH && bytes / taken < fewest) {
                    fewest = bytes / taken;
                    best = new Stretch(places[from], places[to] + 1);
                }
            }
        }
        return best;
    }

    private double bytes(Stretch stretch, int group) {
        return over(stretch, group).stream()
                .mapToDouble(ListedRun::bytesPerKeyGroup)
                .sum();
    }

    private boolean isMergeable(Stretch stretch, int group) {
        List<ListedRun> inputs = over(stretch, group);
        return inputs.size() >= MergeRules.LEAST_STRETCH && inputs.stream().allMatch(KeyGroupStacks::isReadable);
    }

    private List<ListedRun> over(Stretch stretch, int group) {
        return stretch.of(runs).stream()
                .filter(listed -> listed.run().keyGroups().contains(group))
                .toList();
    }

    /** The key groups around one that suit, as many as make one slice. */
    private KeyGroupRange widen(int group, IntToDoubleFunction size, IntPredicate suits) {
        int first = group;
        int last = group;
        double bytes = size.applyAsDouble(group);
        while (last + 1 < depth.length && suits.test(last + 1) && bytes + size.applyAsDouble(last + 1) <= sliceBytes) {
            bytes += size.applyAsDouble(++last);
        }
        while (first > 0 && suits.test(first - 1) && bytes + size.applyAsDouble(first - 1) <= sliceBytes) {
            bytes += size.applyAsDouble(--first);
        }
        return new KeyGroupRange(first, last);
    }

    private MergePlan plan(Stretch stretch, KeyGroupRange slice) {
        List<ListedRun> inputs = stretch.of(runs).stream()
                .filter(listed -> listed.run().keyGroups().overlaps(slice))
                .toList();
        boolean includesOldest = runs.subList(0, stretch.from).stream()
                .noneMatch(older -> older.run().keyGroups().overlaps(slice));
        return new MergePlan(inputs, slice, includesOldest);
    }

    private static boolean isReadable(ListedRun listed) {
        return listed.committed() && listed.live();
    }

    /** Neighbours in the list: from one place up to, not including, another. */
    private record Stretch(int from, int to) {

        List<ListedRun> of(List<ListedRun> runs) {
            return runs.subList(from, to);
        }

        /** The most of its runs that lie over one key group. */
        int depth(List<ListedRun> runs, int keyGroups) {
            int[] depths = new int[keyGroups];
            for (ListedRun listed : of(runs)) {
                KeyGroupRange held = listed.run().keyGroups();
                for (int group = held.first(); group <= held.last(); group++) {
                    depths[group]++;
                }
            }
            return Arrays.stream(depths).max().orElse(0);
        }

        KeyGroupRange span(List<ListedRun> runs) {
            return new KeyGroupRange(
                    of(runs).stream()
                            .mapToInt(listed -> listed.run().keyGroups().first())
                            .min()
                            .orElseThrow(),
                    of(runs).stream()
                            .mapToInt(listed -> listed.run().keyGroups().last())
                            .max()
                            .orElseThrow());
        }
    }
}
