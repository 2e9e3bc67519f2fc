package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.StateCut;
import io.strandline.state.StateSize;
import io.strandline.state.SubtaskState;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.RunView;
import io.strandline.state.table.EntryLayout;
import io.strandline.state.table.HotTable;
import io.strandline.state.table.TableDepth;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
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

    /** Opens the state as the request says. */
    public TableInstance(InstanceStateRequest request, TableParts parts) throws IOException {
        this.request = request;
        this.parts = parts;
        this.files = new RunFiles(request.store(), parts.reads());
        MergeRules rules = parts.merges();
        this.output = new RunOutput(parts.writes(), request.paceInterval(), rules, request.maxParallelism());
        this.lists = new RunLists(request.store(), request.restored(), rules.rewrite());
        this.merger =
                new RunMerger(lists, files, output, rules, request.maxParallelism(), () -> openExtraArea("merge"));
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
        merger.start(request.executors().merger());
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
            HotTable.Size size = table.size();
            entries += size.entries();
            bytes += size.bytes();
            dirty += size.changed();
        }
        return new StateSize(entries, bytes, dirty, lists.storedBytes());
    }

    @Override
    public void close() throws IOException {
        merger.stop();
        release();
    }

    private synchronized void release() throws IOException {
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
        return request.executors().flusher();
    }

    int maxParallelism() {
        return request.maxParallelism();
    }

    Attempt attempt(long number) {
        Attempt attempt = attempts.get(number);
        if (attempt == null) {
            throw new IllegalStateException("attempt " + number + " was not begun");
        }
        return attempt;
    }

    /** Opens a subtask's part of a keyed state. */
    TableFlush openTable(EntryLayout layout, String operator, long[] initial, SubtaskTables subtask) {
        RunList list = lists.declare(operator, layout.schema(), this::view);
        Bound bound = new Bound(subtask);
        TableDepth depth = parts.bounded() ? bound : TableDepth.WHOLE;
        boolean complete = lists.within(list, layout.keyGroups()).isEmpty();
        HotTable table = new HotTable(layout, initial, depth, list.view(), complete);
        bound.table = table;
        return open(list, table, layout);
    }

    /** Opens a subtask's timers. */
    TableFlush openTimers(EntryLayout layout, String operator) {
        RunList list = lists.declare(operator, layout.schema(), runs -> Optional.empty());
        return open(list, new HotTable(layout, new long[0], TableDepth.WHOLE, null, false), layout);
    }

    private TableFlush open(RunList list, HotTable table, EntryLayout layout) {
        tables.add(table);
        return new TableFlush(lists, list, files, output, table, layout.keyGroups());
    }

    /** Writes one table's changes between two attempts. */
    FlushStatistics writeSpill(TableFlush flush, HotTable.Freeze freeze) throws IOException {
        long began = System.nanoTime();
        flush.enqueue(freeze);
        StagingArea area = openExtraArea("spill");
        try {
            long bytes = flush.write(area, ListedRun.SPILLED, false);
            flush.publish();
            return new FlushStatistics(freeze.changed(), bytes, flush.storedBytes(), System.nanoTime() - began);
        } finally {
            area.seal();
        }
    }

    private Optional<RunView> view(List<Run> runs) {
        return parts.bounded() || !runs.isEmpty() ? Optional.of(parts.views().apply(files)) : Optional.empty();
    }

    private synchronized StagingArea openExtraArea(String purpose) throws IOException {
        return openArea(purpose + "-" + extraAreas.incrementAndGet(), StagingArea.NO_ATTEMPT);
    }

    private StagingArea openArea(String name, long number) throws IOException {
        StagingArea area = new StagingArea(request.store().openStaging(request.owner() + "-" + name), number);
        areas.add(area);
        return area;
    }

    /** Closes the areas that nothing is written into any more and whose listed runs a completed version names. */
    private synchronized void closeAreas(long completed, Set<Digest> named) {
        attempts.keySet().removeIf(number -> number <= completed);
        List<StagingArea> over =
                areas.stream().filter(area -> area.isOver(completed)).toList();
        // only now: an area that is over lists nothing more, one that is not may still list its run
        Set<StagingArea> needed = lists.areasInUse();
        for (StagingArea area : over) {
            if (!needed.contains(area)) {
                areas.remove(area);
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

        private static final long LEAST_SLOTS = 1 << 10;

        private final SubtaskTables subtask;
        private volatile @Nullable HotTable table;

        Bound(SubtaskTables subtask) {
            this.subtask = subtask;
        }

        @Override
        public long mostSlots(EntryLayout layout) {
            long share = request.memoryBudgetBytes() / Math.max(1, tables.size()) / layout.slotBytes();
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
