package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.RunReader;
import io.strandline.state.StateSize.TableFigures;
import io.strandline.state.TimeToLive;
import io.strandline.state.run.MergingCursor;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.RunView;
import io.strandline.state.run.StoredRun;
import io.strandline.state.table.FrozenCursor;
import io.strandline.state.table.TableUpkeep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes the freezes of one table, one after the other, each as one run. What could not be written waits here and is written
 * with the next freeze, whose entries win.
 */
final class TableFlush {

    /** A flush of more than this share of what is stored is divided like a base: it will be much of the next one. */
    private static final double BULK = 0.25;

    private final RunLists lists;
    private final RunList list;
    private final RunFiles files;
    private final RunOutput output;
    private final TableUpkeep table;
    private final KeyGroupRange keyGroups;
    private final List<TableUpkeep.Freeze> unwritten = new ArrayList<>();
    private volatile long storedEntries;

    TableFlush(
            RunLists lists,
            RunList list,
            RunFiles files,
            RunOutput output,
            TableUpkeep table,
            KeyGroupRange keyGroups) {
        this.lists = lists;
        this.list = list;
        this.files = files;
        this.output = output;
        this.table = table;
        this.keyGroups = keyGroups;
        this.storedEntries = lists.liveEntries(list, keyGroups);
    }

    /** Entries of the state expire from now on. */
    void expires(TimeToLive ttl) {
        list.expires(ttl);
    }

    TableFigures figures() {
        return table.figures(list.operator());
    }

    TableUpkeep table() {
        return table;
    }

    /** Takes a freeze in, which waits here from now on until a run holds it; before anything that may fail. */
    void enqueue(TableUpkeep.Freeze freeze) {
        if (freeze.whole()) {
            release();
        }
        unwritten.add(freeze);
    }

    /**
     * Writes the freezes that wait, of which there is at least one.
     *
     * @param number the attempt's, or {@link ListedRun#SPILLED}
     * @param full whether the run has to stand for everything in its key groups
     * @return bytes written
     */
    long write(StagingArea area, long number, boolean full) throws IOException {
        TableUpkeep.Freeze newest = unwritten.get(unwritten.size() - 1);
        boolean whole = unwritten.get(0).whole();
        boolean base = whole || full || number != ListedRun.SPILLED && mostlyChanged();
        List<RunOutput.Written> written = base && !whole ? writeOverStored(area) : write(area, List.of(), base);
        lists.add(list, number, base, written, new ListedRun.Origin(table, newest.epoch()), keyGroups);
        release();
        table.written(newest.epoch());
        storedEntries = lists.liveEntries(list, keyGroups);
        return written.stream()
                .mapToLong(run -> run.staged().blob().sizeBytes())
                .sum();
    }

    /** Lets go of what could not be written: it counts as changed again. Whether there was any; by the table's owner. */
    boolean giveBack() {
        if (unwritten.isEmpty()) {
            return false;
        }
        release();
        table.giveBack();
        return true;
    }

    private void release() {
        unwritten.forEach(table::release);
        unwritten.clear();
    }

    /** Reads what is not in memory; null for a state that needs none. */
    @Nullable
    RunView view() {
        return list.view();
    }

    /** Completes when reads see what was restored. */
    CompletableFuture<Void> opening() {
        return list.opening();
    }

    /** Opens all that runs hold of the table. */
    RunReader.Cursor scan() throws IOException {
        return open(files, lists.live(list, keyGroups), keyGroups);
    }

    /** Opens all that runs, oldest first, hold of some key groups; the files are closed with the cursor. */
    static RunReader.Cursor open(RunFiles files, List<Run> runs, KeyGroupRange keyGroups) throws IOException {
        List<StoredRun> stored = files.open(runs);
        RunReader.Cursor entries = null;
        try {
            entries = new ScanCursor(MergingCursor.of(stored, keyGroups), stored);
            return entries;
        } finally {
            if (entries == null) {
                RunFiles.close(stored);
            }
        }
    }

    /** Makes what was written so far visible to reads. */
    void publish() throws IOException {
        lists.publish(list);
    }

    /** About how many entries the runs held for the table when one was written last. */
    long storedEntries() {
        return storedEntries;
    }

    /** Bytes of the runs that hold the table's key groups. */
    long storedBytes() {
        return lists.bytes(list, keyGroups);
    }

    private boolean mostlyChanged() {
        return frozenEntries() > 0 && 2 * frozenEntries() > lists.entries(list, keyGroups);
    }

    private long frozenEntries() {
        return unwritten.stream().mapToLong(freeze -> freeze.copies().size()).sum();
    }

    private List<RunOutput.Written> writeOverStored(StagingArea area) throws IOException {
        List<Run> runs = lists.live(list, keyGroups);
        List<StoredRun> stored = files.open(runs);
        try {
            return write(area, MergingCursor.cursors(stored, keyGroups), true);
        } finally {
            RunFiles.close(stored);
        }
    }

    private List<RunOutput.Written> write(StagingArea area, List<RunReader.Cursor> older, boolean base)
            throws IOException {
        List<RunReader.Cursor> cursors = new ArrayList<>(older);
        for (TableUpkeep.Freeze freeze : unwritten) {
            if (freeze.copies().size() > 0) {
                cursors.add(new FrozenCursor(freeze.copies()));
            }
        }
        if (cursors.isEmpty()) {
            return List.of();
        }
        long expected = frozenEntries() + (older.isEmpty() ? 0 : lists.entries(list, keyGroups));
        try (RunReader.Cursor entries =
                list.written(cursors.size() == 1 ? cursors.get(0) : new MergingCursor(cursors), lists::isClosed)) {
            return base || frozenEntries() > BULK * storedEntries()
                    ? output.writeSlices(area, entries, !base, keyGroups, expected)
                    : output.writeOne(area, entries, true, keyGroups, expected).stream()
                            .toList();
        }
    }

    /** One table's share of a freeze. */
    record Part(TableFlush flush, TableUpkeep.Freeze freeze) {}

    /** A cursor over several runs that closes them with itself. */
    private record ScanCursor(RunReader.Cursor entries, List<StoredRun> runs) implements RunReader.Cursor {

        private static final System.Logger LOG = System.getLogger(ScanCursor.class.getName());

        @Override
        public boolean next() throws IOException {
            return entries.next();
        }

        @Override
        public ByteBuffer key() {
            return entries.key();
        }

        @Override
        public @Nullable ByteBuffer value() {
            return entries.value();
        }

        @Override
        public void close() {
            entries.close();
            try {
                RunFiles.close(runs);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "a run that was read could not be closed", e);
            }
        }
    }
}
