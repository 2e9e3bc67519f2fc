package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.RunReader;
import io.strandline.state.run.MergingCursor;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.StoredRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Merges neighbouring runs into one, which takes their place in the next version. */
final class RunMerger {

    private final RunLists lists;
    private final RunFiles files;
    private final RunOutput output;

    RunMerger(RunLists lists, RunFiles files, RunOutput output) {
        this.lists = lists;
        this.files = files;
        this.output = output;
    }

    /** What to merge of a state now, if anything. */
    Optional<MergePlan> plan(RunList list, int maxParallelism) {
        return lists.locked(() -> MergePlan.of(list.runs(), maxParallelism));
    }

    /**
     * Writes the merged run and, if its inputs are still in the list, puts it in their place. Inputs whose entries cancel out
     * are replaced by nothing: a merge that has anything older below it keeps its delete markers, so an empty one hides nothing.
     */
    void merge(RunList list, MergePlan plan, StagingArea area) throws IOException {
        List<Run> inputs = plan.inputs().stream().map(ListedRun::run).toList();
        KeyGroupRange keyGroups = plan.keyGroups();
        List<StoredRun> stored = files.open(inputs);
        try (RunReader.Cursor entries = MergingCursor.of(stored, keyGroups)) {
            Run newest = inputs.get(inputs.size() - 1);
            Optional<RunOutput.Written> written = output.write(area, entries, !plan.includesOldest());
            Optional<ListedRun> merged = written.map(run ->
                    ListedRun.staged(run.labelled(newest.number(), newest.sequence(), keyGroups), null, run.file()));
            lists.replace(list, plan.inputs(), merged);
        } finally {
            RunFiles.close(stored);
        }
    }
}
