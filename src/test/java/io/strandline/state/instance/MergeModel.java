package io.strandline.state.instance;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.StateSchema;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Plays a policy of merging with sizes alone: a base, then flushes that each change the same share of evenly spread keys. What a
 * merge of several flushes writes is what that many draws change at least once.
 */
final class MergeModel {

    private static final int KEY_GROUPS = 128;
    private static final StateSchema SCHEMA = new StateSchema(
            "values",
            StateSchema.Form.KEYED,
            List.of(new Column("key", ColumnType.LONG)),
            false,
            List.of(new Column("value", ColumnType.LONG)));

    private final MergeRules rules;
    private final double liveBytes;
    private final double changedShare;
    private final RunList list =
            new RunList("operator", SCHEMA, null, CompletableFuture.completedFuture(null), List.of());
    private final Map<Digest, Integer> draws = new HashMap<>();
    private final List<Double> written = new ArrayList<>();
    private final List<Double> named = new ArrayList<>();
    private int deepest;
    private long files;

    MergeModel(MergeRules rules, double liveBytes, double changedShare) {
        this.rules = rules;
        this.liveBytes = liveBytes;
        this.changedShare = changedShare;
        int each = Math.max(1, KEY_GROUPS / rules.slices());
        for (int first = 0; first < KEY_GROUPS; first += each) {
            KeyGroupRange slice = new KeyGroupRange(first, Math.min(KEY_GROUPS, first + each) - 1);
            list.add(run(1, slice, liveBytes * slice.size() / KEY_GROUPS, 0));
        }
    }

    MergeModel play(int snapshots) {
        for (int number = 2; number < snapshots + 2; number++) {
            double flushed = liveBytes * changedShare;
            list.add(run(number, new KeyGroupRange(0, KEY_GROUPS - 1), flushed, 1));
            list.earn(rules.rewrite() * flushed);
            list.settle();
            list.replaceAll(MergeModel::committed);
            written.add(flushed + mergeAll());
            note();
        }
        return this;
    }

    /** Bytes flushed and merged for each snapshot, on average. */
    double meanWritten() {
        return written.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The most bytes of any snapshot, as a multiple of the median. */
    double worstOverMedian() {
        double[] sorted =
                written.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length - 1] / sorted[sorted.length / 2];
    }

    /** The most that a version named, as a multiple of what lives. */
    double mostNamed() {
        return named.stream().mapToDouble(Double::doubleValue).max().orElseThrow() / liveBytes;
    }

    int deepest() {
        return deepest;
    }

    int runs() {
        return list.runs().size();
    }

    private double mergeAll() {
        double merged = 0;
        Optional<MergePlan> due = plan();
        while (due.isPresent()) {
            MergePlan plan = due.get();
            int draw = plan.inputs().stream()
                    .map(input -> input.run().blob().digest())
                    .distinct()
                    .mapToInt(draws::get)
                    .sum();
            double share = plan.includesOldest() ? 1 : 1 - Math.pow(1 - changedShare, draw);
            double bytes = share * liveBytes * plan.keyGroups().size() / KEY_GROUPS;
            Run newest = plan.inputs().get(plan.inputs().size() - 1).run();
            ListedRun run = run(newest.number(), plan.keyGroups(), bytes, plan.includesOldest() ? 0 : draw);
            if (!list.replace(plan, Optional.of(run))) {
                throw new AssertionError("nothing was changed meanwhile");
            }
            merged += bytes;
            due = plan();
        }
        return merged;
    }

    private Optional<MergePlan> plan() {
        return MergePlan.of(list.runs(), KEY_GROUPS, rules, list.credit() > 0);
    }

    private void note() {
        Map<Digest, Long> sizes = new HashMap<>();
        int[] depths = new int[KEY_GROUPS];
        for (ListedRun listed : list.runs()) {
            sizes.put(listed.run().blob().digest(), listed.run().sizeBytes());
            for (int group = listed.run().keyGroups().first();
                    group <= listed.run().keyGroups().last();
                    group++) {
                depths[group]++;
            }
        }
        named.add((double) sizes.values().stream().mapToLong(Long::longValue).sum());
        deepest = Math.max(deepest, Arrays.stream(depths).max().orElseThrow());
    }

    private ListedRun run(long number, KeyGroupRange keyGroups, double bytes, int drawn) {
        Digest digest = new Digest(String.format("%064x", ++files));
        draws.put(digest, drawn);
        Run run = new Run(number, 0, keyGroups, 1, 0, new Blob("test", digest, (long) bytes));
        return new ListedRun(
                run, null, null, true, drawn == 0 && number == 1, (double) run.sizeBytes() / keyGroups.size());
    }

    private static ListedRun committed(ListedRun listed) {
        return listed.named();
    }
}
