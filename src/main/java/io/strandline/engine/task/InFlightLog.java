package io.strandline.engine.task;

import io.strandline.engine.chain.FlushSum;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowsEncoder;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Collects the rows that one attempt overtakes on their way to a subtask, and stages them when it has all of them. */
final class InFlightLog {

    private final long number;
    private final KeyGroupRange keyGroups;
    private final BiFunction<String, Integer, StateSchema> schemas;
    private final Map<String, Map<Integer, RowsEncoder>> rows = new TreeMap<>();
    private final CompletableFuture<FlushStatistics> staged = new CompletableFuture<>();

    /** @param schemas of a vertex's input */
    InFlightLog(long number, KeyGroupRange keyGroups, BiFunction<String, Integer, StateSchema> schemas) {
        this.number = number;
        this.keyGroups = keyGroups;
        this.schemas = schemas;
    }

    void add(String vertex, int input, Batch batch) {
        rows.computeIfAbsent(vertex, any -> new TreeMap<>())
                .computeIfAbsent(input, any -> new RowsEncoder())
                .add(batch);
    }

    long bytes() {
        return rows.values().stream()
                .flatMap(inputs -> inputs.values().stream())
                .mapToLong(RowsEncoder::length)
                .sum();
    }

    /** Completes when everything lies sealed in the attempt's staging area, after {@link #stage}. */
    CompletableFuture<FlushStatistics> staged() {
        return staged;
    }

    /** There will be no more rows. */
    void stage(InstanceState state) {
        List<CompletableFuture<FlushStatistics>> parts = new ArrayList<>();
        rows.forEach((vertex, inputs) -> inputs.forEach((input, encoder) -> parts.add(state.stage(
                number,
                new InstanceState.InFlightRows(
                        vertex, schemas.apply(vertex, input), keyGroups, encoder.rows(), encoder.toBytes())))));
        FlushSum.of(parts).whenComplete((sum, failure) -> {
            if (failure == null) {
                staged.complete(sum);
            } else {
                staged.completeExceptionally(failure);
            }
        });
    }
}
