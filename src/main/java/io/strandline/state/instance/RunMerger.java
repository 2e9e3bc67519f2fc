package io.strandline.state.instance;

import io.strandline.snapshot.Run;
import io.strandline.state.RunReader;
import io.strandline.state.run.MergingCursor;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.StoredRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Merges runs behind the scenes, a slice at a time, as {@link MergePlan} says. A merged run takes its inputs' place in the version
 * after. One merge at a time; nobody waits for one except {@link #stop}, which ends it within an entry.
 */
final class RunMerger {

    private static final System.Logger LOG = System.getLogger(RunMerger.class.getName());

    private final RunLists lists;
    private final RunFiles files;
    private final RunOutput output;
    private final MergeRules rules;
    private final AreaOpener areas;
    private final int maxParallelism;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final ReentrantLock merging = new ReentrantLock();
    private volatile boolean stopped;

    RunMerger(
            RunLists lists, RunFiles files, RunOutput output, MergeRules rules, int maxParallelism, AreaOpener areas) {
        this.lists = lists;
        this.files = files;
        this.output = output;
        this.rules = rules;
        this.maxParallelism = maxParallelism;
        this.areas = areas;
    }

    /** Merges what is due, unless that is being done already. */
    void start(Executor executor) {
        if (begun.compareAndSet(false, true)) {
            executor.execute(this::mergeAll);
        }
    }

    /** Ends a merge that is under way and begins no other. */
    void stop() {
        stopped = true;
        merging.lock();
        merging.unlock();
    }

    private void mergeAll() {
        merging.lock();
        try {
            lists.all().forEach(this::mergeAll);
        } finally {
            merging.unlock();
            begun.set(false);
        }
    }

    /** A list that cannot be merged keeps no other from it. */
    private void mergeAll(RunList list) {
        try {
            Optional<MergePlan> plan = plan(list);
            while (plan.isPresent()) {
                merge(list, plan.get());
                plan = plan(list);
            }
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "runs of " + list.operator() + "." + list.schema().name()
                                + " were not merged; the next version tries again",
                        e);
            }
        }
    }

    private Optional<MergePlan> plan(RunList list) {
        return stopped
                ? Optional.empty()
                : lists.locked(() -> MergePlan.of(list.runs(), maxParallelism, rules, list.credit() > 0));
    }

    /**
     * Writes the merged run and, if its inputs are still in the list, puts it in their place. Inputs whose entries cancel out
     * are replaced by nothing: a merge that has anything older below it keeps its delete markers, so an empty one hides nothing.
     */
    private void merge(RunList list, MergePlan plan) throws IOException {
        List<Run> inputs = plan.inputs().stream().map(ListedRun::run).toList();
        StagingArea area = areas.open();
        List<StoredRun> stored = files.open(inputs);
        try (RunReader.Cursor entries = list.written(MergingCursor.of(stored, plan.keyGroups()), () -> stopped)) {
            Run newest = inputs.get(inputs.size() - 1);
            long expected = inputs.stream().mapToLong(Run::entries).sum();
            Optional<RunOutput.Written> written =
                    output.writeOne(area, entries, !plan.includesOldest(), plan.keyGroups(), expected);
            lists.replace(
                    list,
                    plan,
                    written.map(run ->
                            ListedRun.staged(run.labelled(newest.number(), newest.sequence()), null, run.file())));
        } finally {
            RunFiles.close(stored);
            area.seal();
        }
    }

    /** Opens a staging area for a merge. */
    @FunctionalInterface
    interface AreaOpener {

        /** A fresh area. */
        StagingArea open() throws IOException;
    }
}
