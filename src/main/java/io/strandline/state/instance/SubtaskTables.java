package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.KeyedTable;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimerTable;
import io.strandline.state.table.EntryLayout;
import io.strandline.state.table.HotTable;
import io.strandline.state.table.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The tables of one operator's subtask: frozen together, flushed together, one freeze after the other. */
final class SubtaskTables implements SubtaskState {

    private static final FlushStatistics NOTHING = new FlushStatistics(0, 0, 0, 0);

    private final TableInstance instance;
    private final String operator;
    private final KeyGroupRange keyGroups;
    private final List<TableFlush> tables = new ArrayList<>();
    private CompletableFuture<FlushStatistics> lastFlush = CompletableFuture.completedFuture(NOTHING);
    private @Nullable Freezing freezing;

    SubtaskTables(TableInstance instance, String operator, KeyGroupRange keyGroups) {
        this.instance = instance;
        this.operator = operator;
        this.keyGroups = keyGroups;
    }

    @Override
    public KeyedTable table(StateSchema schema, long[] initialWords) {
        requireForm(schema, StateSchema.Form.KEYED);
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
        TableFlush added = instance.openTable(layout(schema), operator, initialWords, this);
        tables.add(added);
        return added.table();
    }

    @Override
    public TimerTable timers(StateSchema schema) {
        requireForm(schema, StateSchema.Form.TIMERS);
        TableFlush added = instance.openTimers(layout(schema), operator);
        tables.add(added);
        Timers timers = new Timers(layout(schema), added.table());
        added.load(timers);
        return timers;
    }

    @Override
    public CompletableFuture<FlushStatistics> freeze(long number) {
        while (sweep()) {
            // an attempt that ended early may have left some copying to do
        }
        Attempt attempt = instance.attempt(number);
        HotTable.Extent extent = attempt.full() ? HotTable.Extent.ALL : HotTable.Extent.MOSTLY_CHANGED_IS_ALL;
        List<Part> parts = new ArrayList<>();
        tables.forEach(flush -> parts.add(new Part(flush, flush.table().freeze(extent))));
        Freezing begun = new Freezing(number, attempt, parts, new CompletableFuture<>());
        freezing = begun;
        return begun.result;
    }

    @Override
    public boolean sweep() {
        Freezing current = freezing;
        if (current == null) {
            return false;
        }
        for (Part part : current.parts) {
            if (part.flush.table().sweep()) {
                return true;
            }
        }
        freezing = null;
        submit(current);
        return false;
    }

    /** Writes what one table changed since its last freeze into a run of its own, and shows it to reads. */
    void spill(HotTable table, boolean wait) {
        if (!lastFlush.isDone() && !wait) {
            return;
        }
        while (sweep()) {
            // an attempt's freeze goes first
        }
        TableFlush flush = tables.stream()
                .filter(candidate -> candidate.table() == table)
                .findFirst()
                .orElseThrow();
        HotTable.Freeze freeze = table.freeze(HotTable.Extent.CHANGES);
        while (table.sweep()) {
            // a spill is for making room: there is no point in doing it slowly
        }
        CompletableFuture<FlushStatistics> spilled = after(() -> instance.writeSpill(flush, freeze));
        if (wait) {
            spilled.exceptionally(failure -> NOTHING).join();
        }
    }

    private void submit(Freezing frozen) {
        after(() -> write(frozen)).whenComplete((statistics, failure) -> {
            if (failure != null) {
                frozen.result.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
            } else {
                frozen.result.complete(statistics);
            }
        });
    }

    /** Writes every table's share even if one fails; what is not written waits in its own table's queue. */
    private FlushStatistics write(Freezing frozen) {
        long began = System.nanoTime();
        long newBytes = 0;
        long dirty = 0;
        RuntimeException failure = null;
        frozen.parts.forEach(part -> part.flush.enqueue(part.freeze));
        for (Part part : frozen.parts) {
            try {
                newBytes += part.flush.write(frozen.attempt.area(), frozen.number, frozen.attempt.full());
                dirty += part.freeze.changed();
            } catch (IOException e) {
                failure = new UncheckedIOException(e);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        long stored = frozen.parts.stream()
                .mapToLong(part -> part.flush.storedBytes())
                .sum();
        return new FlushStatistics(dirty, newBytes, stored, System.nanoTime() - began);
    }

    /** Runs a flush when the one before is over, well or badly. */
    private CompletableFuture<FlushStatistics> after(FlushStep step) {
        lastFlush = lastFlush.handleAsync(
                (before, failure) -> {
                    try {
                        return step.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                instance.flusher());
        return lastFlush;
    }

    private EntryLayout layout(StateSchema schema) {
        return new EntryLayout(schema, keyGroups, instance.maxParallelism());
    }

    private static void requireForm(StateSchema schema, StateSchema.Form form) {
        if (schema.form() != form) {
            throw new IllegalArgumentException("state %s is %s, not %s".formatted(schema.name(), schema.form(), form));
        }
    }

    /** One table's share of a freeze. */
    private record Part(TableFlush flush, HotTable.Freeze freeze) {}

    /** A freeze whose copying goes on. */
    private record Freezing(
            long number, Attempt attempt, List<Part> parts, CompletableFuture<FlushStatistics> result) {}

    /** Part of a flush. */
    @FunctionalInterface
    private interface FlushStep {

        FlushStatistics run() throws IOException;
    }
}
