package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import java.util.List;
import java.util.Optional;

/**
 * Which stretch of a list of runs to merge next, and over which key groups.
 *
 * @param inputs all runs with entries in the key groups from the oldest of the stretch to its newest, oldest first, each live
 *     and committed
 * @param keyGroups the key groups that are merged; the inputs keep their others
 * @param includesOldest whether nothing older holds any of the key groups, so that delete markers may go
 */
record MergePlan(List<ListedRun> inputs, KeyGroupRange keyGroups, boolean includesOldest) {

    MergePlan {
        inputs = List.copyOf(inputs);
    }

    /**
     * The merge to do next, if one is due: of small runs, of some that lie too deep, else, as long as there is credit, of the key
     * groups that have changed most since they were last rewritten. So the work follows what was flushed, each step takes one
     * slice of the key groups, and all slices come round in turn (after Luo and Carey, "On performance stability in LSM-based
     * storage systems": merge little, merge always).
     *
     * @param runs oldest first
     * @param hasCredit whether enough was flushed since the last merge to pay for another
     */
    static Optional<MergePlan> of(List<ListedRun> runs, int maxParallelism, MergeRules rules, boolean hasCredit) {
        KeyGroupStacks stacks = new KeyGroupStacks(runs, maxParallelism, rules);
        return stacks.mergeSmall()
                .or(stacks::mergeDeepest)
                .or(() -> hasCredit ? stacks.rewriteMostChanged() : Optional.empty());
    }
}
