package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.table.HotTable;
import io.strandline.storage.StagedBlob;
import org.jspecify.annotations.Nullable;

/**
 * A run in the instance's list, on its way from staged over live to committed. Guarded by the list's owner.
 *
 * @param run what versions say of it
 * @param origin the table that wrote it, null for a restored or merged one
 * @param file where it was staged, null for one that a completed version names
 * @param live whether it is published
 * @param committed whether a completed version of this instance, or the restored one, names it
 */
record ListedRun(Run run, @Nullable Origin origin, @Nullable File file, boolean live, boolean committed) {

    /** The number of a spilled run until an attempt takes it in. */
    static final long SPILLED = Long.MAX_VALUE;

    static ListedRun staged(Run run, @Nullable Origin origin, File file) {
        return new ListedRun(run, origin, file, false, false);
    }

    static ListedRun restored(Run run) {
        return new ListedRun(run, null, null, true, true);
    }

    ListedRun numbered(long number, int sequence) {
        return withRun(new Run(number, sequence, run.keyGroups(), run.entries(), run.deletes(), run.blob()));
    }

    ListedRun within(KeyGroupRange keyGroups) {
        return withRun(new Run(run.number(), run.sequence(), keyGroups, run.entries(), run.deletes(), run.blob()));
    }

    ListedRun published() {
        return new ListedRun(run, origin, file, true, committed);
    }

    ListedRun named() {
        return new ListedRun(run, origin, null, live, true);
    }

    private ListedRun withRun(Run changed) {
        return new ListedRun(changed, origin, file, live, committed);
    }

    /** Which table wrote it, and in which of its epochs. */
    record Origin(HotTable table, long epoch) {}

    /** A staged file. */
    record File(StagingArea area, StagedBlob staged) {}
}
