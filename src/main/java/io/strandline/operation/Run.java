package io.strandline.operation;

import io.strandline.catalog.Cause;
import io.strandline.catalog.OperationChange.OperationAccepted;
import io.strandline.catalog.OperationChange.OperationEnded;
import io.strandline.operation.Operation.Progress;
import io.strandline.operation.Operation.Stage;
import io.strandline.operation.Operation.State;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One operation in this process, from its acceptance on: its course, and what those who follow it see. */
final class Run implements Work.Course {

    private final OperationAccepted accepted;
    private final Cause cause;
    private final Clock clock;
    private final OperationListener listener;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Stage> stages = new ArrayList<>();
    private @Nullable Progress progress;
    private @Nullable Instant startedAt;
    private @Nullable OperationEnded end;
    private boolean cancelRequested;

    Run(OperationAccepted accepted, Cause cause, Clock clock, OperationListener listener) {
        this.accepted = accepted;
        this.cause = cause;
        this.clock = clock;
        this.listener = listener;
    }

    void begin() {
        synchronized (this) {
            startedAt = clock.instant();
        }
        listener.moved(operationId(), true);
    }

    synchronized void finish(OperationEnded outcome) {
        closeStage(outcome.at());
        end = outcome;
        ended.countDown();
    }

    /** Asks the work to stop; false when it is over already. */
    synchronized boolean requestCancel() {
        if (end != null) {
            return false;
        }
        cancelRequested = true;
        return true;
    }

    /** Waits until the operation is over, at most so long. */
    void await(Duration atMost) throws InterruptedException {
        ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    String jobId() {
        return accepted.jobId() == null ? "" : accepted.jobId();
    }

    synchronized Operation view(JsonMapper json) {
        OperationEnded outcome = end;
        State state =
                outcome != null ? State.valueOf(outcome.state()) : startedAt == null ? State.QUEUED : State.RUNNING;
        return new Operation(
                accepted.id(),
                accepted.type(),
                accepted.jobId(),
                state,
                progress,
                stages,
                json.readTree(accepted.request()),
                tree(json, outcome == null ? null : outcome.result()),
                tree(json, outcome == null ? null : outcome.problem()),
                cancelRequested,
                accepted.actor(),
                accepted.at(),
                startedAt,
                outcome == null ? null : outcome.at());
    }

    private static @Nullable JsonNode tree(JsonMapper json, @Nullable String text) {
        return text == null ? null : json.readTree(text);
    }

    @Override
    public String operationId() {
        return accepted.id();
    }

    @Override
    public Cause cause() {
        return cause;
    }

    @Override
    public void stage(String name) {
        synchronized (this) {
            Instant now = clock.instant();
            closeStage(now);
            stages.add(new Stage(name, now, null));
            progress = null;
        }
        listener.moved(operationId(), true);
    }

    private void closeStage(Instant at) {
        int last = stages.size() - 1;
        if (last >= 0 && stages.get(last).endedAt() == null) {
            Stage open = stages.get(last);
            stages.set(last, new Stage(open.name(), open.startedAt(), at));
        }
    }

    @Override
    public void progress(long done, @Nullable Long total, String unit) {
        synchronized (this) {
            progress = new Progress(done, total, unit);
        }
        listener.moved(operationId(), false);
    }

    @Override
    public synchronized boolean cancelRequested() {
        return cancelRequested;
    }

    @Override
    public void checkCancelled() {
        if (cancelRequested()) {
            throw new StrandlineException(
                    ErrorCode.CANCELLED,
                    "Operation " + accepted.id() + " was cancelled; what it had done by then stays.");
        }
    }
}
