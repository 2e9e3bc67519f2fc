package io.strandline.state.table;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.StateCut;
import io.strandline.state.StateSize;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimerTable;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.RunView;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The state of one instance, kept in hot tables over a list of runs. */
public final class TableInstance implements InstanceState {

    private static final System.Logger LOG = System.getLogger(TableInstance.class.getName());

    private final InstanceStateRequest request;
    private final TableParts parts;
    private final RunFiles files;
    private final RunOutput output;
    private final RunLists lists;
    private final RunMerger merger;
    private final List<HotTable> tables = new CopyOnWriteArrayList<>();
    private final Map<Long, Attempt> attempts = new ConcurrentHashMap<>();
    private final List<StagingArea> areas = new ArrayList<>();
    private final AtomicLong extraAreas = new AtomicLong();
    private final AtomicBoolean merging = new AtomicBoolean();

    /** Opens the state as the request says. */
    public TableInstance(InstanceStateRequest request, TableParts parts) throws IOException {
        this.request = request;
        this.parts = parts;
        this.files = new RunFiles(request.store(), parts.reads());
        this.output = new RunOutput(parts.writes(), request.paceInterval());
        this.lists = new RunLists(request.store(), request.restored());
        this.merger = new RunMerger(lists, files, output);
    }

    @Override
    public SubtaskState subtask(String operator, KeyGroupRange keyGroups) {
        return new SubtaskTables(this, operator, keyGroups);
    }

    @Override
    public synchronized void begin(long number, SnapshotMode mode) throws IOException {
        StagingArea area = openArea(Long.toString(number), number);
        attempts.put(number, new Attempt(area, mode == SnapshotMode.FULL));
    }

    @Override
    public StateCut cut(long number) throws IOException {
        return lists.cut(number);
    }

    @Override
    public void committed(long number) {
        Set<Digest> named = lists.committed(number);
        closeAreas(number, named);
        if (merging.compareAndSet(false, true)) {
            request.flusher().execute(this::mergeAll);
        }
    }

    @Override
    public void aborted(long number) {
        lists.aborted(number);
    }

    @Override
    public StateSize size() {
        long entries = 0;
        long bytes = 0;
        long dirty = 0;
        for (HotTable table : tables) {
            entries += table.entries();
            bytes += table.bytes();
            dirty += table.dirtyEntries();
        }
        return new StateSize(entries, bytes, dirty, lists.bytes());
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            lists.close();
        } finally {
            for (StagingArea area : areas) {
                area.abandon();
            }
            areas.clear();
        }
    }

    Executor flusher() {
        return request.flusher();
    }

    Attempt attempt(long number) {
        Attempt attempt = attempts.get(number);
        if (attempt == null) {
            throw new IllegalStateException("attempt " + number + " was not begun");
        }
        return attempt;
    }

    /** Opens a subtask's part of a state. */
    TableFlush openTable(
            String operator, StateSchema schema, KeyGroupRange keyGroups, long[] initial, SubtaskTables subtask) {
        boolean timers = schema.form() == StateSchema.Form.TIMERS;
        RunList list = lists.declare(operator, schema, runs -> view(runs, timers));
        boolean complete = lists.locked(() -> list.within(keyGroups)).isEmpty();
        EntryLayout layout = new EntryLayout(schema, keyGroups, request.maxParallelism());
        Bound bound = new Bound(subtask);
        TableDepth depth = parts.bounded() && !timers ? bound : TableDepth.WHOLE;
        HotTable table = new HotTable(layout, initial, depth, list.view(), complete);
        bound.table = table;
        tables.add(table);
        return new TableFlush(lists, list, files, output, table, keyGroups);
    }

    /** Reads the timers of a subtask's key groups out of the restored runs. */
    TimerTable loadTimers(String operator, StateSchema schema, KeyGroupRange keyGroups, HotTable table) {
        RunList list = lists.declare(operator, schema, runs -> Optional.empty());
        EntryLayout layout = new EntryLayout(schema, keyGroups, request.maxParallelism());
        Timers timers = new Timers(layout, table);
        List<Run> runs = lists.locked(() -> list.within(keyGroups));
        try {
            TimerLoad.load(files, runs, layout, timers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        table.loaded();
        return timers;
    }

    /** Writes one table's changes between two attempts. */
    FlushStatistics writeSpill(TableFlush flush, HotTable.Freeze freeze) throws IOException {
        long began = System.nanoTime();
        StagingArea area = openExtraArea("spill");
        try {
            long bytes = flush.write(freeze, area, ListedRun.SPILLED, false);
            flush.publish();
            return new FlushStatistics(freeze.changed(), bytes, flush.storedBytes(), System.nanoTime() - began);
        } finally {
            area.seal();
        }
    }

    private Optional<RunView> view(List<Run> runs, boolean timers) {
        boolean reads = !timers && (parts.bounded() || !runs.isEmpty());
        return reads ? Optional.of(parts.views().apply(files)) : Optional.empty();
    }

    private void mergeAll() {
        try {
            for (RunList list : lists.all()) {
                Optional<MergePlan> plan = merger.plan(list, request.maxParallelism());
                if (plan.isPresent()) {
                    merge(list, plan.get());
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "runs were not merged; the next version tries again", e);
        } finally {
            merging.set(false);
        }
    }

    private void merge(RunList list, MergePlan plan) throws IOException {
        StagingArea area = openExtraArea("merge");
        try {
            merger.merge(list, plan, area);
        } finally {
            area.seal();
        }
    }

    private synchronized StagingArea openExtraArea(String purpose) throws IOException {
        return openArea(purpose + "-" + extraAreas.incrementAndGet(), StagingArea.NO_ATTEMPT);
    }

    private StagingArea openArea(String name, long number) throws IOException {
        StagingArea area = new StagingArea(request.store().openStaging(request.epoch() + "-" + name), number);
        areas.add(area);
        return area;
    }

    /** Closes the areas that nothing is written into any more and of which every listed run is live. */
    private synchronized void closeAreas(long completed, Set<Digest> named) {
        attempts.keySet().removeIf(number -> number <= completed);
        Set<StagingArea> needed = lists.stagedAreas();
        for (Iterator<StagingArea> each = areas.iterator(); each.hasNext(); ) {
            StagingArea area = each.next();
            if (area.isOver(completed) && !needed.contains(area)) {
                each.remove();
                close(area, named);
            }
        }
    }

    private static void close(StagingArea area, Set<Digest> named) {
        try {
            area.close(named);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a staging area was not removed; it is swept at the next start", e);
        }
    }

    /** A table's share of the memory budget. */
    private final class Bound implements TableDepth {

        private static final long KEY_BYTES = 64;
        private static final long LEAST_SLOTS = 1 << 10;

        private final SubtaskTables subtask;
        private volatile @Nullable HotTable table;

        Bound(SubtaskTables subtask) {
            this.subtask = subtask;
        }

        @Override
        public long mostSlots(EntryLayout layout) {
            long slotBytes = (long) layout.stride * Long.BYTES + (layout.inlineKey ? 0 : KEY_BYTES);
            long share = request.memoryBudgetBytes() / Math.max(1, tables.size()) / slotBytes;
            return Math.max(LEAST_SLOTS, Long.highestOneBit(share));
        }

        @Override
        public void spill(boolean wait) {
            HotTable bounded = table;
            if (bounded != null) {
                subtask.spill(bounded, wait);
            }
        }
    }
}
