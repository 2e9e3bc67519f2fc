package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.row.FilterFactory;
import io.strandline.engine.operator.row.RowPredicate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that does not come to an end. */
class StuckStepTests {

    private static final SequenceSource ENDLESS = new SequenceSource(1, Long.MAX_VALUE, 50, 3);
    private static final EngineSettings ONE_WORKER =
            new EngineSettings(1, 64, 4, Duration.ofMillis(1), Duration.ofMillis(40), Duration.ofMillis(400));

    @TempDir
    Path directory;

    @Test
    void failsItsInstanceWhileOthersGoOn() {
        CountDownLatch released = new CountDownLatch(1);
        try (EngineHarness harness = new EngineHarness(directory, ONE_WORKER)) {
            var healthy = harness.start(
                    SequenceJobs.copied(ENDLESS, 1, new DiscardSink(), 10_000L), EngineHarness.every(null));
            healthy.awaitRecords("out", 1);
            var stuck = harness.start(blocking(released), EngineHarness.every(null));

            assertThat(stuck.end()).isInstanceOfSatisfying(JobEnd.Failed.class, failed -> {
                assertThat(failed.cause().kind()).isEqualTo(FailureCause.Kind.OPERATOR_FAILED);
                assertThat(failed.cause().operator()).isEqualTo("block");
                assertThat(failed.cause().detail()).contains("in one step");
                assertThat(failed.cause().cause())
                        .satisfies(cause -> assertThat(
                                        Arrays.stream(cause.getStackTrace()).map(StackTraceElement::getMethodName))
                                .contains("await"));
            });
            assertThat(stuck.job().metrics().stuckSteps()).isEqualTo(1);
            healthy.awaitRecords("out", healthy.operator("out").recordsIn() + 100);
            released.countDown();
            healthy.cancel();
        }
    }

    /** As when the process is stopped by a signal, or its machine asleep, in the middle of a step. */
    @Test
    void doesNotCountTimeInWhichTheWholeProcessStoodStill() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicLong stoodStill = new AtomicLong();
        EngineSettings patient =
                new EngineSettings(1, 64, 4, Duration.ofMillis(1), Duration.ofMillis(40), Duration.ofMinutes(5));
        try (EngineHarness harness =
                new EngineHarness(directory, patient, () -> System.nanoTime() + stoodStill.get())) {
            var job = harness.start(blocking(entered, released), EngineHarness.every(null));
            await(entered);
            stoodStill.set(Duration.ofHours(1).toNanos());

            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (job.job().metrics().stuckSteps() == 0) {
                assertThat(System.nanoTime()).as("nobody looked").isLessThan(deadline);
                Thread.onSpinWait();
            }
            released.countDown();
            job.awaitRecords("block", 100_000);
            job.cancel();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JobGraph blocking(CountDownLatch released) {
        return blocking(new CountDownLatch(1), released);
    }

    private static JobGraph blocking(CountDownLatch entered, CountDownLatch released) {
        RowPredicate await = (batch, selected) -> {
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        };
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", 1, ENDLESS, null, null),
                        new Vertex.OperatorVertex("block", 1, new FilterFactory(ENDLESS.type(), () -> await))),
                List.of(new Edge("numbers", "block", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }
}
