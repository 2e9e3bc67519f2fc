package io.strandline.operation;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.OperationChange.OperationAccepted;
import io.strandline.catalog.OperationChange.OperationEnded;
import io.strandline.catalog.work.OperationLog;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.catalog.work.OperationLog.OperationQuery;
import io.strandline.operation.Operation.State;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts long-running work, runs it on a bounded number of threads and tells how it goes. An operation is in the journal
 * before its work begins; what a stopped server left unfinished is gone on with at the next start, or has FAILED with
 * {@code interrupted} ({@link InterruptedOperations}).
 */
public final class Operations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Operations.class);
    private static final int REMEMBERED = 512;
    private static final Duration LAST_WAIT = Duration.ofSeconds(20);

    private final OperationRecords records;
    private final TimeOrderedIds ids;
    private final JsonMapper json;
    private final Clock clock;
    private final ExecutorService threads;
    private final Semaphore room;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final List<OperationListener> listeners = new CopyOnWriteArrayList<>();

    /** Operations on {@code ledger}. */
    public Operations(
            Ledger ledger,
            OperationLog operationLog,
            TimeOrderedIds ids,
            JsonMapper json,
            Clock clock,
            OperationSettings settings) {
        this.records = new OperationRecords(ledger, operationLog, json, clock);
        this.ids = ids;
        this.json = json;
        this.clock = clock;
        this.room = new Semaphore(settings.threads() + settings.queue());
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(
                settings.threads(), work -> new Thread(work, "operation-" + number.incrementAndGet()));
    }

    /**
     * Accepts work. When this returns the operation is in the journal and will not vanish.
     *
     * @throws StrandlineException {@code too-many-requests} when too many wait already; {@code read-only}
     */
    public Operation submit(Submission submission, Work work) {
        return submit(newId(), submission, work, () -> {});
    }

    /** An id for an operation that is about to be submitted, so that what it needs can name it before. */
    public String newId() {
        return ids.next().toString();
    }

    /**
     * Accepts work under an id from {@link #newId}.
     *
     * @param skipped gives back what accepting the work took; called instead of the work when it is cancelled before its
     *     turn
     * @throws StrandlineException {@code too-many-requests} when too many wait already; {@code read-only}
     */
    public Operation submit(String id, Submission submission, Work work, Runnable skipped) {
        if (!room.tryAcquire()) {
            throw full();
        }
        boolean handedOver = false;
        try {
            OperationAccepted accepted = records.accept(id, submission);
            Run run = new Run(accepted, submission.cause().within(id), clock, this::tell);
            remember(run);
            threads.execute(() -> perform(run, work, skipped));
            handedOver = true;
            return run.view(json);
        } finally {
            if (!handedOver) {
                room.release();
            }
        }
    }

    /**
     * Refuses while no operation would be accepted, before something is done that one is to follow.
     *
     * @throws StrandlineException {@code too-many-requests}
     */
    public void refuseWhenFull() {
        if (room.availablePermits() == 0) {
            throw full();
        }
    }

    private static StrandlineException full() {
        return Problem.of(ErrorCode.TOO_MANY_REQUESTS, "Too many operations wait for their turn; try again later.")
                .withRetryAfter(Duration.ofSeconds(5))
                .asException();
    }

    /**
     * An operation as it stands.
     *
     * @throws StrandlineException {@code operation-not-found}
     */
    public Operation get(String id) {
        Optional<Run> run = run(id);
        return run.isPresent() ? run.get().view(json) : records.logged(id);
    }

    /** An operation as it stands when it is over, or when {@code atMost} has passed. */
    public Operation await(String id, Duration atMost) {
        Optional<Run> run = run(id);
        if (run.isEmpty()) {
            return records.logged(id);
        }
        try {
            run.get().await(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return run.get().view(json);
    }

    /** Operations as a list wants them, newest id first. */
    public List<Operation> list(OperationQuery query) {
        return records.list(query).stream()
                .map(logged -> run(logged.id()).map(run -> run.view(json)).orElseGet(() -> records.view(logged)))
                .toList();
    }

    /** Operations about a job that have not ended, oldest first. */
    public List<Operation> active(String jobId) {
        List<Run> ofJob;
        synchronized (runs) {
            ofJob = runs.values().stream()
                    .filter(run -> run.jobId().equals(jobId))
                    .toList();
        }
        return ofJob.stream()
                .map(run -> run.view(json))
                .filter(operation -> !operation.finished())
                .toList();
    }

    /**
     * Asks an operation to stop where that leaves nothing half done; it may still succeed.
     *
     * @throws StrandlineException {@code operation-not-found}, {@code operation-finished}
     */
    public Operation cancel(String id) {
        Run run = run(id).orElseThrow(() -> finished(records.logged(id).id()));
        if (!run.requestCancel()) {
            throw finished(id);
        }
        return run.view(json);
    }

    /** Has {@code listener} told of every operation of this process that moves on. */
    public void follow(OperationListener listener) {
        listeners.add(listener);
    }

    private void tell(String id, boolean stage) {
        listeners.forEach(listener -> listener.moved(id, stage));
    }

    /** Waits a while for what runs; the rest will have been interrupted at the next start. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("operations were still running when the server stopped; they end as interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Run run, Work work, Runnable skipped) {
        try {
            run.begin();
            if (run.cancelRequested()) {
                skipped.run();
                run.checkCancelled();
            }
            Object result = work.run(run);
            end(run, records.success(run, result));
        } catch (StrandlineException e) {
            State state = e.code() == ErrorCode.CANCELLED && run.cancelRequested() ? State.CANCELLED : State.FAILED;
            end(run, records.failure(run, state, e.problem()));
        } catch (Exception e) {
            log.error("operation {} failed", run.operationId(), e);
            String detail =
                    "The operation failed unexpectedly; the server's log has it under " + run.operationId() + ".";
            end(run, records.failure(run, State.FAILED, Problem.of(ErrorCode.INTERNAL_ERROR, detail)));
        } finally {
            room.release();
        }
    }

    private void end(Run run, OperationEnded ended) {
        try {
            records.end(ended, run.cause());
            run.finish(ended);
        } catch (RuntimeException e) {
            log.error("operation {} ended {} but the journal did not take it", ended.id(), ended.state(), e);
            run.finish(records.unrecorded(ended, e));
        }
    }

    /** What the journal and the catalog know of operations. */
    OperationRecords records() {
        return records;
    }

    /** Takes an unfinished operation over as one that waits for its turn; what is returned gives it one. */
    Runnable resume(LoggedOperation left, Resumption.Rest rest) {
        OperationAccepted accepted = new OperationAccepted(
                left.id(), left.type(), left.jobId(), left.request(), left.actor(), left.acceptedAt());
        Cause cause = new Cause(left.actor(), null, left.id(), "resumed after a restart of the server");
        Run run = new Run(accepted, cause, clock, this::tell);
        remember(run);
        return () -> {
            room.acquireUninterruptibly();
            threads.execute(() -> perform(run, rest.work(), rest.skipped()));
        };
    }

    private void remember(Run run) {
        synchronized (runs) {
            runs.put(run.operationId(), run);
            if (runs.size() > REMEMBERED) {
                runs.values().stream()
                        .filter(old -> old.view(json).finished())
                        .findFirst()
                        .ifPresent(old -> runs.remove(old.operationId()));
            }
        }
    }

    private Optional<Run> run(String id) {
        synchronized (runs) {
            return Optional.ofNullable(runs.get(id));
        }
    }

    private static StrandlineException finished(String id) {
        return new StrandlineException(
                ErrorCode.OPERATION_FINISHED, "Operation " + id + " is over; there is nothing left to cancel.");
    }
}
