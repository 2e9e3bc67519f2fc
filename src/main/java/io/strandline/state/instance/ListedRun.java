package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.table.TableUpkeep;
import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in the instance's list, on its way from staged over live to committed. Guarded by the list's owner.
 *
 * @param run what versions say of it
 * @param origin the table that wrote it, null for a restored or merged one
 * @param file where it was staged, null for one that a completed version names
 * @param live whether it is published
 * @param committed whether a completed version of this instance, or the restored one, names it
 * @param bytesPerKeyGroup its file's bytes spread over the key groups it was written for
 */
record ListedRun(
        Run run,
        @Nullable Origin origin,
        @Nullable File file,
        boolean live,
        boolean committed,
        double bytesPerKeyGroup) {

    /** The number of a spilled run until an attempt takes it in. */
    static final long SPILLED = Long.MAX_VALUE;

    static ListedRun staged(Run run, @Nullable Origin origin, File file) {
        return new ListedRun(
                run,
                origin,
                file,
                false,
                false,
                (double) run.sizeBytes() / run.keyGroups().size());
    }

    /** What a restored version lists. What of a file it does not list any more counts as if it were the listed part's. */
    static List<ListedRun> restored(List<Run> runs) {
        Map<Digest, Integer> listed = new HashMap<>();
        runs.forEach(run -> listed.merge(run.blob().digest(), run.keyGroups().size(), Integer::sum));
        return runs.stream()
                .map(run -> new ListedRun(
                        run,
                        null,
                        null,
                        true,
                        true,
                        (double) run.sizeBytes()
                                / listed.getOrDefault(run.blob().digest(), 1)))
                .toList();
    }

    /** Its file's entries spread over the key groups it was written for. */
    double entriesPerKeyGroup() {
        return run.entries() * bytesPerKeyGroup / Math.max(1, run.sizeBytes());
    }

    /** Its share of its file's bytes. */
    double sizeBytes() {
        return bytesPerKeyGroup * run.keyGroups().size();
    }

    /**
     * Whether version {@code number} holds it. What was restored, and merged from what versions hold, belongs to every one: it may be
     * labelled with a number of another line or another job.
     */
    boolean isIn(long number) {
        return origin == null || run.number() <= number;
    }

    ListedRun numbered(long number, int sequence) {
        return withRun(run.numbered(number, sequence));
    }

    ListedRun within(KeyGroupRange keyGroups) {
        return withRun(run.within(keyGroups));
    }

    ListedRun published() {
        return new ListedRun(run, origin, file, true, committed, bytesPerKeyGroup);
    }

    ListedRun named() {
        return new ListedRun(run, origin, null, live, true, bytesPerKeyGroup);
    }

    private ListedRun withRun(Run changed) {
        return new ListedRun(changed, origin, file, live, committed, bytesPerKeyGroup);
    }

    /** Which table wrote it, and in which of its epochs. */
    record Origin(TableUpkeep table, long epoch) {}

    /** A staged file. */
    record File(StagingArea area, StagedBlob staged) {}
}
