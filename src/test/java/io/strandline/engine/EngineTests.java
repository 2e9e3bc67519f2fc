package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointOutcome.Declined.Reason;
import io.strandline.engine.checkpoint.CheckpointRequest;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.operator.aggregate.Emission;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs pipelines end to end over the real state room. */
class EngineTests {

    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final SequenceSource NUMBERS = new SequenceSource(3, 60_000, 1_000, 7);
    private static final SequenceSource ENDLESS = new SequenceSource(2, Long.MAX_VALUE, 100, 7);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void keepsTheClosedFormWhenInputEnds(int parallelism) throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(SequenceJobs.aggregated(NUMBERS, parallelism), EngineHarness.every(OFTEN));

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(harness.committed.get(harness.committed.size() - 1).kind())
                    .isEqualTo(SnapshotKind.FINAL);
            assertThat(aggregates(harness, harness.head())).isEqualTo(SequenceJobs.expected(NUMBERS));
            assertThat(running.operator("numbers").recordsIn()).isEqualTo(180_000);
            assertThat(running.operator("by-key").recordsIn()).isEqualTo(180_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4, INCREMENTAL", "2, 1, INCREMENTAL", "4, 2, FULL", "2, 2, INCREMENTAL"})
    void goesOnExactlyWhenRestoredAtAnotherParallelism(int before, int after, SnapshotMode mode) throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var first = harness.start(
                    SequenceJobs.aggregated(NUMBERS, before, new Emission.None(), new DiscardSink(), 100_000L),
                    EngineHarness.every(OFTEN));
            first.awaitRecords("by-key", 20_000);
            first.awaitAttempt();
            CheckpointOutcome outcome = EngineHarness.get(
                    first.job().checkpoint(new CheckpointRequest("manual", SnapshotKind.MANUAL, mode, null)));
            assertThat(outcome).isInstanceOf(CheckpointOutcome.Completed.class);
            assertThat(first.cancel()).isEqualTo(new JobEnd.Stopped());
            long read = harness.head().sources().stream()
                    .mapToLong(at -> at.offset())
                    .sum();
            assertThat(read).isBetween(1L, 179_999L);

            var second = harness.restart(SequenceJobs.aggregated(NUMBERS, after), EngineHarness.every(OFTEN));

            assertThat(second.end()).isEqualTo(new JobEnd.Finished());
            assertThat(second.operator("numbers").recordsIn()).isEqualTo(180_000 - read);
            assertThat(aggregates(harness, harness.head())).isEqualTo(SequenceJobs.expected(NUMBERS));
        }
    }

    @Test
    void stopsWithASnapshotAndGoesOnFromIt() throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var first = harness.start(SequenceJobs.aggregated(NUMBERS, 2), EngineHarness.every(null));
            first.awaitRecords("by-key", 1_000);
            CheckpointOutcome outcome = first.checkpoint(SnapshotKind.FINAL);

            assertThat(outcome).isInstanceOf(CheckpointOutcome.Completed.class);
            assertThat(first.end()).isIn(new JobEnd.Stopped(), new JobEnd.Finished());
            assertThat(first.checkpoint(SnapshotKind.MANUAL)).isEqualTo(new CheckpointOutcome.Declined(Reason.ENDING));

            assertThat(harness.restart(SequenceJobs.aggregated(NUMBERS, 2), EngineHarness.every(null))
                            .end())
                    .isEqualTo(new JobEnd.Finished());
            assertThat(aggregates(harness, harness.head())).isEqualTo(SequenceJobs.expected(NUMBERS));
        }
    }

    @Test
    void finishesWithAFinalSnapshotWhenDrained() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(SequenceJobs.aggregated(ENDLESS, 2), EngineHarness.every(null));
            running.awaitRecords("by-key", 1_000);

            CheckpointOutcome outcome = EngineHarness.get(running.job().drain());

            assertThat(outcome).isInstanceOf(CheckpointOutcome.Completed.class);
            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(harness.committed).hasSize(1);
        }
    }

    @Test
    void takesAManualSnapshotThatWasAskedForBeforeItRan() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(SequenceJobs.aggregated(ENDLESS, 2), EngineHarness.every(null));

            assertThat(running.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            assertThat(running.cancel()).isEqualTo(new JobEnd.Stopped());
        }
    }

    @Test
    void reportsEverySubtaskOfAnAttempt() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(SequenceJobs.aggregated(ENDLESS, 2), EngineHarness.every(null));
            running.awaitRecords("by-key", 1_000);
            running.checkpoint(SnapshotKind.MANUAL);

            AttemptReport report = harness.attempts.get(harness.attempts.size() - 1);
            assertThat(report.state()).isEqualTo(AttemptReport.State.COMPLETED);
            assertThat(report.phaseNanos()).containsOnlyKeys(AttemptReport.Phase.values());
            assertThat(report.subtasks())
                    .extracting(subtask -> subtask.vertex() + subtask.subtask())
                    .containsExactlyInAnyOrder("numbers0", "numbers1", "by-key0", "by-key1");
            assertThat(report.subtasks().stream()
                            .mapToLong(subtask -> subtask.dirtyEntries())
                            .sum())
                    .isEqualTo(100);
            assertThat(report.newBytes()).isPositive();
            running.cancel();
        }
    }

    @Test
    void failsWithTheOperatorAndLeavesOtherJobsAlone() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var healthy = harness.start(SequenceJobs.aggregated(ENDLESS, 2), EngineHarness.every(OFTEN));
            JobGraph broken = BrokenJobs.divides(new SequenceSource(1, 1_000, 10, 1), 2);
            var failing = harness.start(broken, EngineHarness.every(OFTEN));

            assertThat(failing.end()).isInstanceOfSatisfying(JobEnd.Failed.class, failed -> {
                assertThat(failed.cause().kind()).isEqualTo(FailureCause.Kind.OPERATOR_FAILED);
                assertThat(failed.cause().operator()).isEqualTo("divide");
                assertThat(failed.cause().detail()).contains("/ by zero");
            });
            long before = healthy.operator("by-key").recordsIn();
            healthy.awaitRecords("by-key", before + 1_000);
            assertThat(healthy.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            healthy.cancel();
        }
    }

    @Test
    void endsWhenNobodyKnowsWhatBecameOfACommit() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            harness.ledger(candidate -> new CommitOutcome.Unknown("the disk hung"));
            var running = harness.start(SequenceJobs.aggregated(ENDLESS, 2), EngineHarness.every(null));

            assertThat(running.checkpoint(SnapshotKind.MANUAL))
                    .isEqualTo(new CheckpointOutcome.Unknown(1, "the disk hung"));
            assertThat(running.end())
                    .isInstanceOfSatisfying(
                            JobEnd.Failed.class,
                            failed -> assertThat(failed.cause().kind()).isEqualTo(FailureCause.Kind.COMMIT_UNKNOWN));
        }
    }

    @Test
    void endsWhenTheLedgerBreaksInAWayNobodyExpects() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            harness.ledger(candidate -> {
                throw new AssertionError("a bug");
            });
            var running = harness.start(SequenceJobs.aggregated(ENDLESS, 2), EngineHarness.every(OFTEN));

            assertThat(running.end())
                    .isInstanceOfSatisfying(
                            JobEnd.Failed.class,
                            failed -> assertThat(failed.cause().kind()).isEqualTo(FailureCause.Kind.ENGINE_FAILED));
        }
    }

    @Test
    void endsWhenFencedAndRunsOnWhenStorageIsFull() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            harness.ledger(candidate ->
                    new CommitOutcome.Refused(FailureCause.of(FailureCause.Kind.STORAGE_FULL, "no room", null)));
            var running = harness.start(SequenceJobs.aggregated(ENDLESS, 2), EngineHarness.every(OFTEN));
            for (int i = 0; i < 10; i++) {
                assertThat(running.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Failed.class);
            }
            assertThat(running.job().metrics().storageFull()).isTrue();

            harness.ledger(candidate -> new CommitOutcome.Committed(new SnapshotId(new UUID(0, 1))));
            assertThat(running.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            assertThat(running.job().metrics().storageFull()).isFalse();

            harness.ledger(candidate ->
                    new CommitOutcome.Refused(FailureCause.of(FailureCause.Kind.FENCED, "epoch 2 runs", null)));
            assertThat(running.end())
                    .isInstanceOfSatisfying(
                            JobEnd.Failed.class,
                            failed -> assertThat(failed.cause().kind()).isEqualTo(FailureCause.Kind.FENCED));
        }
    }

    @Test
    void closesWhileJobsRun() {
        EngineHarness harness = EngineHarness.in(directory);
        var running = harness.start(SequenceJobs.aggregated(ENDLESS, 4), EngineHarness.every(OFTEN));
        running.awaitRecords("by-key", 1);

        assertThatCode(harness::close).doesNotThrowAnyException();
        assertThat(running.job().end()).isCompletedWithValue(new JobEnd.Stopped());
        assertThat(harness.fatal.get()).isNull();
    }

    static Map<Long, List<Object>> aggregates(EngineHarness harness, SnapshotContent content) throws IOException {
        Map<Long, List<Object>> found = new TreeMap<>();
        try (SnapshotReader reader = harness.read(content)) {
            reader.scan(
                    "by-key",
                    "aggregates",
                    entry -> found.put((Long) entry.key().get(0), entry.value().subList(0, 5)));
        }
        return found;
    }
}
