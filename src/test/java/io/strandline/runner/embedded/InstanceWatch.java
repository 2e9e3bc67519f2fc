package io.strandline.runner.embedded;

import io.strandline.runner.AttemptReport;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceMetrics.OperatorMetrics;
import io.strandline.runner.OutputMove;
import io.strandline.runner.RunningInstance;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An instance under test and what it told its listener. */
final class InstanceWatch implements InstanceListener {

    static final long PATIENCE_SECONDS = 60;

    final List<AttemptReport> attempts = new CopyOnWriteArrayList<>();
    final List<OutputMove> moves = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<Optional<FailureCause>> end = new CompletableFuture<>();
    private @Nullable RunningInstance instance;

    InstanceWatch of(RunningInstance started) {
        instance = started;
        return this;
    }

    RunningInstance instance() {
        if (instance == null) {
            throw new IllegalStateException("not started");
        }
        return instance;
    }

    void awaitRunning() {
        get(running);
    }

    /** Waits for the end of input. */
    void awaitFinished() {
        Optional<FailureCause> failure = get(end);
        if (failure.isPresent()) {
            throw new AssertionError("failed: " + failure.get());
        }
    }

    /** Waits for the instance to fail. */
    FailureCause awaitFailure() {
        return get(end).orElseThrow(() -> new AssertionError("finished without a failure"));
    }

    boolean ended() {
        return end.isDone();
    }

    /** Waits for a condition, which becomes false for ever when the instance has ended. */
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || end.isDone()) {
                throw new AssertionError(what + " did not come: " + metrics() + ", end " + end);
            }
            Thread.yield();
        }
    }

    void awaitRecordsIn(long atLeast) {
        await(atLeast + " records", () -> metrics().recordsIn() >= atLeast);
    }

    InstanceMetrics metrics() {
        return instance().metrics();
    }

    OperatorMetrics operator(String name) {
        return metrics().operators().stream()
                .filter(operator -> operator.operator().equals(name))
                .findFirst()
                .orElseThrow();
    }

    CheckpointOutcome checkpoint(@Nullable SnapshotMode mode) {
        return get(instance()
                .checkpoint(new CheckpointRequest(UUID.randomUUID().toString(), SnapshotKind.MANUAL, mode, null)));
    }

    /** Takes a snapshot that has to become a version, and returns its number. */
    long version() {
        CheckpointOutcome outcome = checkpoint(null);
        if (outcome instanceof CheckpointOutcome.Completed completed) {
            return completed.number();
        }
        throw new AssertionError("no version: " + outcome + "; attempts " + attempts);
    }

    /** Ends it without a snapshot, as if killed: nothing is committed or tidied up. It must not have failed before. */
    void kill() {
        get(instance().cancel());
        if (end.isDone()) {
            awaitFinished();
        }
    }

    @Override
    public void running() {
        running.complete(null);
    }

    @Override
    public void outputsReconciled(List<OutputMove> made) {
        moves.addAll(made);
    }

    @Override
    public void attempt(AttemptReport report) {
        attempts.add(report);
    }

    @Override
    public void finished() {
        end.complete(Optional.empty());
    }

    @Override
    public void failed(FailureCause cause) {
        end.complete(Optional.of(cause));
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
