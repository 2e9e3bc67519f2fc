package io.strandline.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.catalog.Cause;
import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.jpa.Database;
import io.strandline.catalog.work.OperationLog.OperationQuery;
import io.strandline.operation.Operation.State;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class OperationsTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Cause ANN = new Cause("ann", "request-1", null, "tidy up");

    private static Database database;

    @TempDir
    Path temp;

    private final CountDownLatch release = new CountDownLatch(1);
    private CatalogHarness server;
    private InterruptedOperations interrupted;
    private List<Resumption> resumptions = List.of();
    private Operations operations;

    @BeforeAll
    static void open() {
        database = Database.inMemory();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void start() throws IOException {
        database.empty();
        restart();
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        operations.close();
        server.close();
    }

    private void restart() throws IOException {
        server = CatalogHarness.start(temp.resolve("data"), database);
        operations = new Operations(
                server.ledger,
                server.operations,
                server.clock.ids,
                JsonMapper.shared(),
                server.clock,
                new OperationSettings(2, 2));
        interrupted = new InterruptedOperations(operations, server.ledger, server.catalog, resumptions);
        interrupted.start();
    }

    @Test
    void isInTheJournalBeforeItsWorkBegins() {
        Operation accepted = submit(course -> server.operations
                .operation(course.operationId())
                .map(logged -> Map.of("acceptedBy", logged.actor()))
                .orElseThrow());
        Operation done = operations.await(accepted.id(), LONG);
        assertThat(done.state()).isEqualTo(State.SUCCEEDED);
        assertThat(done.result().toString()).isEqualTo("{\"acceptedBy\":\"ann\"}");
        assertThat(done.request().toString()).isEqualTo("{\"what\":\"it\"}");
        assertThat(server.operations.operation(accepted.id()).orElseThrow().state())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void tellsStagesAndProgress() {
        CountDownLatch working = new CountDownLatch(1);
        Operation accepted = submit(course -> {
            course.stage("stop");
            course.stage("copy");
            course.progress(3, 10L, "files");
            working.countDown();
            release.await();
            return null;
        });
        await(working);
        Operation running = operations.get(accepted.id());
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.stages()).extracting(Operation.Stage::name).containsExactly("stop", "copy");
        assertThat(running.stages().get(0).endedAt()).isNotNull();
        assertThat(running.progress()).isEqualTo(new Operation.Progress(3, 10L, "files"));
        assertThat(operations.await(accepted.id(), Duration.ZERO).finished()).isFalse();
        assertThat(operations.active("flights")).hasSize(1);
        release.countDown();
        assertThat(operations.await(accepted.id(), LONG).state()).isEqualTo(State.SUCCEEDED);
        assertThat(operations.active("flights")).isEmpty();
    }

    @Test
    void keepsTheProblemWithTheStatusItWouldHaveHad() {
        Operation refused = submit(course -> {
            throw new StrandlineException(ErrorCode.HEAD_MOVED, "The head is elsewhere.");
        });
        Operation broken = submit(course -> {
            throw new IOException("/secret/path");
        });
        Operation failed = operations.await(refused.id(), LONG);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.problem().get("status").asInt()).isEqualTo(409);
        assertThat(failed.problem().get("code").asString()).isEqualTo("head-moved");
        assertThat(failed.problem().get("operationId").asString()).isEqualTo(refused.id());
        Operation mistake = operations.await(broken.id(), LONG);
        assertThat(mistake.problem().get("status").asInt()).isEqualTo(503);
        assertThat(mistake.problem().toString()).doesNotContain("secret", "IOException");
    }

    @Test
    void cancelsWhatAsksWhetherItShouldStop() {
        CountDownLatch working = new CountDownLatch(1);
        Operation accepted = submit(course -> {
            working.countDown();
            release.await();
            course.checkCancelled();
            return "not reached";
        });
        await(working);
        assertThat(operations.cancel(accepted.id()).cancelRequested()).isTrue();
        release.countDown();
        Operation done = operations.await(accepted.id(), LONG);
        assertThat(done.state()).isEqualTo(State.CANCELLED);
        assertThat(done.result()).isNull();
        assertRefused(ErrorCode.OPERATION_FINISHED, () -> operations.cancel(accepted.id()));
    }

    @Test
    void hasNotSucceededWhenItsEndIsNotInTheJournal() {
        Operation accepted = submit(course -> {
            server.journal.close();
            return Map.of("done", true);
        });
        Operation over = operations.await(accepted.id(), LONG);
        assertThat(over.state()).isEqualTo(State.FAILED);
        assertThat(over.result()).isNull();
        assertThat(over.problem().get("code").asString()).isEqualTo("read-only");
    }

    @Test
    void givesBackWhatWasTakenForWorkThatIsCancelledBeforeItsTurn() {
        for (int i = 0; i < 2; i++) {
            submit(course -> {
                release.await();
                return null;
            });
        }
        AtomicInteger givenBack = new AtomicInteger();
        Operation queued = operations.submit(
                operations.newId(),
                new Submission("test", "flights", Map.of(), ANN),
                course -> "not reached",
                givenBack::incrementAndGet);
        operations.cancel(queued.id());
        release.countDown();
        assertThat(operations.await(queued.id(), LONG).state()).isEqualTo(State.CANCELLED);
        assertThat(givenBack).hasValue(1);
    }

    @Test
    void refusesWhatWouldWaitBehindTooMany() {
        for (int i = 0; i < 4; i++) {
            submit(course -> {
                release.await();
                return null;
            });
        }
        long before = server.journal.lastSequence();
        assertRefused(ErrorCode.TOO_MANY_REQUESTS, () -> submit(course -> null));
        assertThat(server.journal.lastSequence()).isEqualTo(before);
    }

    @Test
    void endsAsInterruptedWhenTheServerWasKilled() throws IOException {
        CountDownLatch working = new CountDownLatch(1);
        Operation accepted = submit(course -> {
            working.countDown();
            release.await();
            return null;
        });
        await(working);
        server.kill();
        release.countDown();
        operations.close();
        restart();
        Operation left = operations.get(accepted.id());
        assertThat(left.state()).isEqualTo(State.FAILED);
        assertThat(left.problem().get("code").asString()).isEqualTo("interrupted");
        assertThat(operations.list(new OperationQuery("flights", "test", "FAILED", null, 10)))
                .extracting(Operation::id)
                .containsExactly(accepted.id());
        assertThat(operations.list(new OperationQuery(null, null, OperationQuery.UNFINISHED, null, 10)))
                .isEmpty();
    }

    @Test
    void goesOnUnderItsIdWhereItsRoomKnowsHow() throws IOException {
        CountDownLatch working = new CountDownLatch(1);
        Operation accepted = submit(course -> {
            working.countDown();
            release.await();
            return null;
        });
        await(working);
        server.kill();
        release.countDown();
        operations.close();
        resumptions = List.of(new Resumption(
                "test",
                left -> Optional.of(new Resumption.Rest(
                        course -> List.of(left.request(), course.cause().actor()), () -> {}))));
        restart();
        assertThat(operations.get(accepted.id()).state()).isEqualTo(State.QUEUED);
        interrupted.goOn();
        Operation done = operations.await(accepted.id(), LONG);
        assertThat(done.state()).isEqualTo(State.SUCCEEDED);
        assertThat(done.result().toString()).isEqualTo("[\"{\\\"what\\\":\\\"it\\\"}\",\"ann\"]");
        assertThat(done.createdAt()).isEqualTo(accepted.createdAt());
    }

    @Test
    void knowsNothingOfOthers() {
        assertRefused(ErrorCode.OPERATION_NOT_FOUND, () -> operations.get("nothing"));
        assertRefused(ErrorCode.OPERATION_NOT_FOUND, () -> operations.cancel("nothing"));
    }

    private Operation submit(Work work) {
        return operations.submit(new Submission("test", "flights", Map.of("what", "it"), ANN), work);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(StrandlineException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
