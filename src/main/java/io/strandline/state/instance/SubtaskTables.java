package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.KeyedTable;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimeToLive;
import io.strandline.state.TimerTable;
import io.strandline.state.look.TableLook;
import io.strandline.state.table.EntryLayout;
import io.strandline.state.table.ExpiringTable;
import io.strandline.state.table.TableUpkeep;
import io.strandline.state.table.Timers;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one operator's subtask: frozen together, flushed together, one freeze after the other. What was frozen and
 * cannot be written counts as changed again.
 */
final class SubtaskTables implements SubtaskState {

    private final TableInstance instance;
    private final String operator;
    private final KeyGroupRange keyGroups;
    private final FlushQueue flushes;
    private final Retry spillRetry = new Retry();
    private final List<TableFlush> tables = new ArrayList<>();
    private final Map<String, LookedAt> looked = new HashMap<>();
    private final List<CompletableFuture<Void>> opening = new ArrayList<>();
    private final List<Restoring> restoring = new ArrayList<>();
    private @Nullable Freezing freezing;
    private volatile boolean flushed;
    private volatile Runnable wakeUp = () -> {};

    SubtaskTables(TableInstance instance, String operator, KeyGroupRange keyGroups) {
        this.instance = instance;
        this.operator = operator;
        this.keyGroups = keyGroups;
        this.flushes = new FlushQueue(instance.background());
    }

    @Override
    public KeyedTable table(StateSchema schema, long[] initialWords) {
        return open(schema, initialWords, null).table();
    }

    @Override
    public KeyedTable table(StateSchema schema, long[] initialWords, TimeToLive ttl) {
        TableInstance.OpenedTable opened = open(TimeToLive.schema(schema), ExpiringTable.initial(initialWords), ttl);
        opened.flush().expires(ttl);
        return new ExpiringTable(opened.table(), ttl);
    }

    private TableInstance.OpenedTable open(StateSchema schema, long[] initialWords, @Nullable TimeToLive ttl) {
        requireForm(schema, StateSchema.Form.KEYED);
        requireInitial(schema, initialWords);
        EntryLayout layout = layout(schema);
        TableInstance.OpenedTable opened = instance.openTable(layout, operator, initialWords);
        opening.add(opened.flush().opening().thenRun(this::advanced));
        looked.put(schema.name(), new LookedAt(opened, ttl));
        add(opened.flush(), null);
        return opened;
    }

    @Override
    public KeyedTable restored(StateSchema schema) {
        requireForm(schema, StateSchema.Form.KEYED);
        TableInstance.RestoredTable opened = instance.openRestored(operator, schema, this::advanced);
        if (opened.restoring() != null) {
            restoring.add(opened.restoring());
        }
        return opened.table();
    }

    @Override
    public TimerTable timers(StateSchema schema) {
        requireForm(schema, StateSchema.Form.TIMERS);
        EntryLayout layout = layout(schema);
        TableInstance.OpenedTable opened = instance.openTimers(layout, operator);
        Timers timers = new Timers(layout, opened.table());
        looked.put(schema.name(), new LookedAt(opened, null));
        add(opened.flush(), timers);
        return timers;
    }

    private void add(TableFlush flush, @Nullable Timers timers) {
        tables.add(flush);
        if (!flush.table().isComplete()) {
            restore(flush, timers);
        }
    }

    private void restore(TableFlush flush, @Nullable Timers timers) {
        RunScan scan = instance.scan(flush, this::advanced);
        restoring.add(Restoring.of(flush, scan, timers));
    }

    @Override
    public Optional<Look> look(String state, List<Object> key) {
        return Optional.ofNullable(looked.get(state)).map(table -> table.look(key));
    }

    @Override
    public void whenAdvanced(Runnable run) {
        wakeUp = run;
    }

    @Override
    public boolean isReady() {
        if (!isOpen()) {
            return false;
        }
        for (Restoring table : restoring) {
            if (table.isAwaited()) {
                return false;
            }
        }
        for (TableFlush flush : tables) {
            if (flush.table().isFull()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public CompletableFuture<FlushStatistics> freeze(long number) {
        while (copy()) {
            // an attempt that ended early may have left some copying to do
        }
        if (flushes.waiting() >= FlushQueue.MOST_WAITING) {
            return CompletableFuture.failedFuture(new IllegalStateException(
                    "%d freezes of %s are still being written".formatted(flushes.waiting(), operator)));
        }
        Attempt attempt = instance.attempt(number);
        TableUpkeep.Extent extent = attempt.full() ? TableUpkeep.Extent.ALL : TableUpkeep.Extent.MOSTLY_CHANGED_IS_ALL;
        long now = System.nanoTime();
        return begin(tables, extent, parts -> new AttemptFlush(parts, number, attempt, now)).result;
    }

    @Override
    public boolean sweep() {
        if (!restoring.isEmpty() && isOpen()) {
            restoring.removeIf(Restoring::step);
        } else if (flushed) {
            flushed = false;
            warmUpAgain();
        }
        return copy() || beginGivingBack() || beginSpill();
    }

    /** Takes all that runs hold in again where it has come to fit. */
    private void warmUpAgain() {
        for (TableFlush flush : tables) {
            if (flush.table().mayWarmUp(flush.storedEntries())) {
                restore(flush, null);
            }
        }
    }

    /** Copies, gives back or moves a slice; what is copied is written. Whether there is more. */
    private boolean copy() {
        for (TableFlush flush : tables) {
            if (flush.table().sweep()) {
                return true;
            }
        }
        Freezing current = freezing;
        if (current != null) {
            freezing = null;
            submit(current);
        }
        return false;
    }

    private boolean beginGivingBack() {
        if (!flushes.hasFailed() || flushes.waiting() > 0) {
            return false;
        }
        boolean any = false;
        for (TableFlush flush : tables) {
            any |= flush.giveBack();
        }
        return any;
    }

    private boolean beginSpill() {
        if (flushes.waiting() > 0 || !spillRetry.isDue()) {
            return false;
        }
        boolean any = false;
        for (TableFlush flush : tables) {
            any |= flush.table().isMostlyUnsaved();
        }
        if (!any) {
            return false;
        }
        List<TableFlush> crowded =
                tables.stream().filter(flush -> flush.table().isMostlyUnsaved()).toList();
        begin(crowded, TableUpkeep.Extent.CHANGES, parts -> () -> instance.writeSpill(parts))
                .result
                .whenComplete((statistics, failure) -> spillRetry.ended(failure));
        return true;
    }

    private Freezing begin(List<TableFlush> frozen, TableUpkeep.Extent extent, Flushing flushing) {
        List<TableFlush.Part> parts = new ArrayList<>();
        frozen.forEach(
                flush -> parts.add(new TableFlush.Part(flush, flush.table().freeze(extent))));
        Freezing begun = new Freezing(flushing.of(parts), new CompletableFuture<>());
        freezing = begun;
        return begun;
    }

    private void submit(Freezing frozen) {
        flushes.add(frozen.flush).whenComplete((statistics, failure) -> {
            if (failure == null) {
                flushed = true;
                frozen.result.complete(statistics);
            } else {
                frozen.result.completeExceptionally(failure);
            }
            advanced();
        });
    }

    private boolean isOpen() {
        if (opening.isEmpty()) {
            return true;
        }
        for (CompletableFuture<Void> opened : opening) {
            if (!opened.isDone()) {
                return false;
            }
        }
        try {
            opening.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException unreadable ? unreadable : e;
        }
        opening.clear();
        return true;
    }

    private void advanced() {
        wakeUp.run();
    }

    private EntryLayout layout(StateSchema schema) {
        return new EntryLayout(schema, keyGroups, instance.maxParallelism());
    }

    private void requireInitial(StateSchema schema, long[] initialWords) {
        if (initialWords.length != schema.value().size()) {
            throw new IllegalArgumentException("state %s.%s has %d value columns, not %d"
                    .formatted(operator, schema.name(), schema.value().size(), initialWords.length));
        }
        for (int i = 0; i < initialWords.length; i++) {
            if (!schema.value().get(i).type().fixedWidth() && initialWords[i] != 0) {
                throw new IllegalArgumentException("value column %s of state %s.%s has to start empty"
                        .formatted(schema.value().get(i).name(), operator, schema.name()));
            }
        }
    }

    private static void requireForm(StateSchema schema, StateSchema.Form form) {
        if (schema.form() != form) {
            throw new IllegalArgumentException("state %s is %s, not %s".formatted(schema.name(), schema.form(), form));
        }
    }

    /** A table that may be looked into. */
    private record LookedAt(
            TableInstance.OpenedTable opened, @Nullable TimeToLive ttl) {

        Look look(List<Object> key) {
            return new TableLook(opened.table(), opened.flush().view(), ttl, key);
        }
    }

    /** A freeze whose copying goes on. */
    private record Freezing(FlushQueue.Flush flush, CompletableFuture<FlushStatistics> result) {}

    /** Makes the flush of what was frozen. */
    @FunctionalInterface
    private interface Flushing {

        FlushQueue.Flush of(List<TableFlush.Part> parts);
    }
}
