package io.strandline.bench.strandline;

import io.strandline.bench.measure.Checkpoint;
import io.strandline.engine.JobEnd;
import io.strandline.engine.JobListener;
import io.strandline.engine.RunningJob;
import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointRequest;
import io.strandline.engine.checkpoint.SubtaskStatistics;
import io.strandline.engine.connector.OutputMove;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An instance and the checkpoints it has completed. */
final class Watch implements JobListener {

    private final List<Checkpoint> checkpoints = new CopyOnWriteArrayList<>();
    private final CompletableFuture<RunningJob> job = new CompletableFuture<>();

    void of(RunningJob started) {
        job.complete(started);
    }

    RunningJob job() {
        return job.join();
    }

    List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints);
    }

    Checkpoint newest() {
        return checkpoints.get(checkpoints.size() - 1);
    }

    boolean alive() {
        return !job().end().isDone();
    }

    JobEnd cancel() {
        return job().cancel().join();
    }

    /** Ends it with a version that holds everything its sources have emitted. */
    void stop() {
        checkpoint(SnapshotKind.FINAL, SnapshotMode.INCREMENTAL);
        job().end().join();
    }

    /** Takes a checkpoint and returns how long it took, in milliseconds, seen from outside. */
    double checkpoint(SnapshotMode mode) {
        return checkpoint(SnapshotKind.MANUAL, mode);
    }

    private double checkpoint(SnapshotKind kind, SnapshotMode mode) {
        int before = checkpoints.size();
        long begin = System.nanoTime();
        CheckpointOutcome outcome = job().checkpoint(
                        new CheckpointRequest(UUID.randomUUID().toString(), kind, mode, null))
                .join();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (!(outcome instanceof CheckpointOutcome.Completed)) {
            throw new IllegalStateException("a checkpoint came to nothing: " + outcome);
        }
        while (checkpoints.size() == before) {
            Thread.onSpinWait();
        }
        return millis;
    }

    @Override
    public void outputsReconciled(List<OutputMove> moves) {
        // the sinks of benchmarks keep nothing
    }

    @Override
    public void running() {
        // seen from the records that arrive
    }

    @Override
    public void attempt(AttemptReport report) {
        Instant ended = report.endedAt();
        if (report.state() != AttemptReport.State.COMPLETED || ended == null) {
            return;
        }
        checkpoints.add(new Checkpoint(
                System.nanoTime(),
                Duration.between(report.startedAt(), ended).toNanos() / 1e6,
                longestFreezeMicros(report),
                report.newBytes(),
                report.totalBytes()));
    }

    @Override
    public void ended(JobEnd end) {
        if (end instanceof JobEnd.Failed failed && failed.cause().cause() != null) {
            System.getLogger(Watch.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            failed.cause().detail(),
                            failed.cause().cause());
        }
    }

    private static double longestFreezeMicros(AttemptReport report) {
        @Nullable SubtaskStatistics longest = null;
        for (SubtaskStatistics subtask : report.subtasks()) {
            if (longest == null || subtask.freezeNanos() > longest.freezeNanos()) {
                longest = subtask;
            }
        }
        return longest == null ? Double.NaN : longest.freezeNanos() / 1e3;
    }
}
