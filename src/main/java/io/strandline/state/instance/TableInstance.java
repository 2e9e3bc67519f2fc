package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.StateCut;
import io.strandline.state.StateSize;
import io.strandline.state.StateSize.TableFigures;
import io.strandline.state.SubtaskState;
import io.strandline.state.run.ReaderView;
import io.strandline.state.run.RunFiles;
import io.strandline.state.table.EntryLayout;
import io.strandline.state.table.HotTable;
import io.strandline.state.table.TableDepth;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The state of one instance, kept in hot tables over a list of runs. */
public final class TableInstance implements InstanceState {

    private final InstanceStateRequest request;
    private final TableParts parts;
    private final RunFiles files;
    private final RunOutput output;
    private final BackgroundWork background;
    private final MemoryBudget budget;
    private final RunLists lists;
    private final RunMerger merger;
    private final List<TableFlush> tables = new CopyOnWriteArrayList<>();
    private final Map<Long, Attempt> attempts = new ConcurrentHashMap<>();
    private final List<RunScan> scans = new CopyOnWriteArrayList<>();
    private final List<StagingArea> areas = new ArrayList<>();
    private final AtomicLong extraAreas = new AtomicLong();

    /** Opens the state as the request says. */
    public TableInstance(InstanceStateRequest request, TableParts parts) throws IOException {
        this.request = request;
        this.parts = parts;
        this.files = new RunFiles(request.store(), parts.reads());
        MergeRules rules = MergeRules.STEADY;
        this.output = new RunOutput(
                parts.writes(),
                request.paceInterval(),
                rules,
                request.maxParallelism(),
                request.executors().sealer());
        this.budget = new MemoryBudget(request.memoryBudgetBytes());
        this.background = new BackgroundWork(request.executors().flusher());
        this.lists = new RunLists(request.store(), background, request.restored(), rules.rewrite());
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
        attempts.put(number, new Attempt(area, mode == SnapshotMode.FULL, request.paceInterval()));
    }

    @Override
    public CompletableFuture<FlushStatistics> stage(long number, InstanceState.InFlightRows rows) {
        StagingArea area = attempt(number).area();
        return CompletableFuture.supplyAsync(
                () -> background.run(() -> write(number, area, rows)), background.executor());
    }

    private FlushStatistics write(long number, StagingArea area, InstanceState.InFlightRows rows) {
        long began = System.nanoTime();
        String name = "in-flight-%s-%s-%d"
                .formatted(
                        rows.operator(), rows.schema().name(), rows.keyGroups().first());
        try (StagedFile file = area.create(name)) {
            ByteBuffer content = ByteBuffer.wrap(rows.content());
            WritableByteChannel channel = file.channel();
            while (content.hasRemaining()) {
                channel.write(content);
            }
            StagedBlob staged = file.seal(InstanceState.InFlightRows.MEDIA_TYPE);
            lists.overtaken(number, rows, new ListedRun.File(area, staged));
            long bytes = staged.blob().sizeBytes();
            return new FlushStatistics(rows.rows(), bytes, bytes, System.nanoTime() - began);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] readInFlight(Run run) throws IOException {
        try (BlobReader reader = request.store().open(run.blob().digest())) {
            byte[] content = new byte[Math.toIntExact(reader.sizeBytes())];
            reader.view(0, content.length).get(content);
            return content;
        }
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
    public Map<String, List<StateSchema>> schemas() {
        return lists.all().stream()
                .collect(Collectors.groupingBy(
                        RunList::operator, TreeMap::new, Collectors.mapping(RunList::schema, Collectors.toList())));
    }

    @Override
    public StateSize size() {
        Map<List<String>, TableFigures> figures = new LinkedHashMap<>();
        for (TableFlush flush : tables) {
            TableFigures one = flush.figures();
            figures.merge(List.of(one.operator(), one.state()), one, TableFigures::plus);
        }
        return new StateSize(List.copyOf(figures.values()), lists.storedBytes());
    }

    @Override
    public void close() throws IOException {
        merger.stop();
        background.close();
        scans.forEach(RunScan::close);
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

    BackgroundWork background() {
        return background;
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
    OpenedTable openTable(EntryLayout layout, String operator, long[] initial) {
        RunList list = lists.declare(
                operator,
                layout.schema(),
                initial,
                runs -> parts.bounded() || !runs.isEmpty() ? Optional.of(new ReaderView(files)) : Optional.empty());
        if (!parts.bounded()) {
            return open(list, table(layout, initial, TableDepth.WHOLE, list), layout);
        }
        MemoryBudget.Share share = budget.share();
        HotTable table = table(layout, initial, share, list);
        share.join(table.upkeep());
        return open(list, table, layout);
    }

    /** Opens a subtask's timers. */
    OpenedTable openTimers(EntryLayout layout, String operator) {
        RunList list = lists.declare(operator, layout.schema(), new long[0], runs -> Optional.empty());
        HotTable table = table(layout, new long[0], TableDepth.WHOLE, list);
        budget.keeps(table.upkeep());
        return open(list, table, layout);
    }

    /** Opens what the restored version holds of a keyed state, over all key groups. */
    RestoredTable openRestored(String operator, StateSchema schema, Runnable wakeUp) {
        KeyGroupRange all = new KeyGroupRange(0, request.maxParallelism() - 1);
        EntryLayout layout = new EntryLayout(schema, all, request.maxParallelism());
        long[] initial = new long[schema.value().size()];
        List<Run> runs = lists.restored(operator, schema, initial);
        HotTable table = new HotTable(layout, initial, TableDepth.WHOLE, null, runs.isEmpty(), background::execute);
        if (runs.isEmpty()) {
            return new RestoredTable(table, null);
        }
        RunScan scan = new RunScan(
                layout,
                background,
                CompletableFuture.completedFuture(null),
                () -> TableFlush.open(files, runs, all),
                wakeUp);
        scans.add(scan);
        long expected = runs.stream().mapToLong(Run::entries).sum();
        return new RestoredTable(table, Restoring.whole(scan, table.upkeep(), expected));
    }

    private HotTable table(EntryLayout layout, long[] initial, TableDepth depth, RunList list) {
        boolean complete = lists.within(list, layout.keyGroups()).isEmpty();
        return new HotTable(layout, initial, depth, list.view(), complete, background::execute);
    }

    /** Begins to read what runs hold of a table. */
    RunScan scan(TableFlush flush, Runnable wakeUp) {
        scans.removeIf(RunScan::isOver);
        RunScan scan = new RunScan(flush.table().layout(), background, flush.opening(), flush::scan, wakeUp);
        scans.add(scan);
        return scan;
    }

    private OpenedTable open(RunList list, HotTable table, EntryLayout layout) {
        TableFlush flush = new TableFlush(lists, list, files, output, table.upkeep(), layout.keyGroups());
        tables.add(flush);
        return new OpenedTable(table, flush);
    }

    /** Writes tables' changes between two attempts, and shows them to reads. */
    FlushStatistics writeSpill(List<TableFlush.Part> parts) throws IOException {
        long began = System.nanoTime();
        parts.forEach(part -> part.flush().enqueue(part.freeze()));
        StagingArea area = openExtraArea("spill");
        try {
            long changed = 0;
            long bytes = 0;
            long stored = 0;
            for (TableFlush.Part part : parts) {
                bytes += part.flush().write(area, ListedRun.SPILLED, false);
                part.flush().publish();
                part.flush().table().stored(part.freeze().epoch());
                changed += part.freeze().changed();
                stored += part.flush().storedBytes();
            }
            return new FlushStatistics(changed, bytes, stored, System.nanoTime() - began);
        } finally {
            area.seal();
        }
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
                area.close(named);
            }
        }
    }

    /**
     * A table as a subtask gets it.
     *
     * @param flush writes its freezes
     */
    record OpenedTable(HotTable table, TableFlush flush) {}

    /**
     * A table of what was restored.
     *
     * @param restoring null when nothing was
     */
    record RestoredTable(HotTable table, @Nullable Restoring restoring) {}
}
