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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An instance under test and what it told its listener. What takes long is waited for as long as rows move or attempts end; only
 * when nothing has done so for a while is it given up.
 */
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
        awaitWhileItMoves("the end of input", end::isDone);
        Optional<FailureCause> failure = end.join();
        if (failure.isPresent()) {
            throw new AssertionError("failed: " + failure.get());
        }
    }

    /** Waits for the instance to fail. */
    FailureCause awaitFailure() {
        awaitWhileItMoves("a failure", end::isDone);
        return end.join().orElseThrow(() -> new AssertionError("finished without a failure"));
    }

    boolean ended() {
        return end.isDone();
    }

    /** Waits for a condition, which becomes false for ever when the instance has ended. */
    void await(String what, BooleanSupplier condition) {
        awaitWhileItMoves(what, () -> condition.getAsBoolean() || end.isDone());
        if (!condition.getAsBoolean()) {
            throw new AssertionError(what + " did not come: " + metrics() + ", end " + end);
        }
    }

    private void awaitWhileItMoves(String what, BooleanSupplier condition) {
        long moved = moved();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                long before = moved;
                moved = moved();
                if (moved == before) {
                    throw new AssertionError(what + " did not come, and nothing has moved: " + metrics());
                }
                deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }

    /** Grows with every row that an operator takes or gives, and with every attempt. */
    private long moved() {
        return attempts.size()
                + metrics().operators().stream()
                        .mapToLong(operator -> operator.recordsIn() + operator.recordsOut())
                        .sum();
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
        CompletableFuture<CheckpointOutcome> outcome = instance()
                .checkpoint(new CheckpointRequest(UUID.randomUUID().toString(), SnapshotKind.MANUAL, mode, null));
        awaitWhileItMoves("an outcome", outcome::isDone);
        return outcome.join();
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
