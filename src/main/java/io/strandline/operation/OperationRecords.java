package io.strandline.operation;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfOperation;
import io.strandline.catalog.OperationChange.OperationAccepted;
import io.strandline.catalog.OperationChange.OperationEnded;
import io.strandline.catalog.work.OperationLog;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.catalog.work.OperationLog.OperationQuery;
import io.strandline.operation.Operation.State;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.web.ProblemBody;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Operations as the journal takes them and the catalog gives them back: written when they are accepted and when they end,
 * read once no run of this process is about them.
 */
final class OperationRecords {

    private static final int LONGEST_RESULT = 1_000_000;

    private final Ledger ledger;
    private final OperationLog operationLog;
    private final JsonMapper json;
    private final Clock clock;

    OperationRecords(Ledger ledger, OperationLog operationLog, JsonMapper json, Clock clock) {
        this.ledger = ledger;
        this.operationLog = operationLog;
        this.json = json;
        this.clock = clock;
    }

    /** Makes an operation durable before its work begins. */
    OperationAccepted accept(String id, Submission submission) {
        OperationAccepted accepted = new OperationAccepted(
                id,
                submission.type(),
                submission.jobId(),
                json.writeValueAsString(submission.request()),
                submission.cause().actor(),
                clock.instant());
        ledger.record(new OfOperation(id), submission.cause().accepting(id), List.of(accepted));
        return accepted;
    }

    /** The end of work that did what it should. */
    OperationEnded success(Run run, @Nullable Object result) {
        String text = result == null ? null : kept(json.writeValueAsString(result));
        return new OperationEnded(run.operationId(), State.SUCCEEDED.name(), text, null, clock.instant());
    }

    /** A result as it is kept with the operation, within what one value of the catalog may hold. */
    private static String kept(String result) {
        return result.length() <= LONGEST_RESULT ? result : "{\"tooLong\":" + result.length() + "}";
    }

    /** The end of work that did not. */
    OperationEnded failure(Run run, State state, Problem problem) {
        String text = text(problem.withOperationId(run.operationId()));
        return new OperationEnded(run.operationId(), state.name(), null, text, clock.instant());
    }

    /** Makes an end durable. */
    void end(OperationEnded ended, Cause cause) {
        ledger.record(new OfOperation(ended.id()), cause, List.of(ended));
    }

    /** What is told of an end that the next start will not know of: it is then interrupted, so it has not succeeded now. */
    OperationEnded unrecorded(OperationEnded ended, RuntimeException cause) {
        ErrorCode code = cause instanceof StrandlineException refusal ? refusal.code() : ErrorCode.READ_ONLY;
        Problem problem = Problem.of(
                        code,
                        "The work ended " + ended.state() + ", but that could not be made durable: "
                                + cause.getMessage() + " Look at what it left once the server is well again.")
                .withOperationId(ended.id());
        return new OperationEnded(ended.id(), State.FAILED.name(), null, text(problem), ended.at());
    }

    /** Operations that an earlier process accepted and did not end, oldest first. */
    List<LoggedOperation> unfinished() {
        return operationLog.unfinished();
    }

    /** Ends an unfinished operation that nobody goes on with. */
    void interrupt(LoggedOperation left) {
        Problem problem = Problem.of(
                        ErrorCode.INTERRUPTED,
                        "The server stopped while the operation ran; look at what it left, then start it again.")
                .withOperationId(left.id());
        OperationEnded ended = new OperationEnded(left.id(), State.FAILED.name(), null, text(problem), clock.instant());
        end(ended, Cause.system("the server stopped while it ran").within(left.id()));
    }

    /** Operations as a list wants them, newest id first. */
    List<LoggedOperation> list(OperationQuery query) {
        return operationLog.operations(query);
    }

    /**
     * An operation as the catalog has it.
     *
     * @throws StrandlineException {@code operation-not-found}
     */
    Operation logged(String id) {
        return operationLog
                .operation(id)
                .map(this::view)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.OPERATION_NOT_FOUND,
                        "There is no operation " + id + "; list them with GET /api/v1/operations."));
    }

    private String text(Problem problem) {
        return json.writeValueAsString(ProblemBody.of(problem, null, null));
    }

    /** An operation as its record shows it. */
    Operation view(LoggedOperation logged) {
        String state = logged.state();
        return new Operation(
                logged.id(),
                logged.type(),
                logged.jobId(),
                state == null ? State.QUEUED : State.valueOf(state),
                null,
                List.of(),
                json.readTree(logged.request()),
                tree(logged.result()),
                tree(logged.problem()),
                state != null && state.equals(State.CANCELLED.name()),
                logged.actor(),
                logged.acceptedAt(),
                null,
                logged.endedAt());
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : json.readTree(text);
    }
}
