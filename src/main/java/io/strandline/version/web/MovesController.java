package io.strandline.version.web;

import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.version.move.FastForwardRequest;
import io.strandline.version.move.FastForwards;
import io.strandline.version.move.PromoteRequest;
import io.strandline.version.move.Promotions;
import io.strandline.version.move.RestoreRequest;
import io.strandline.version.move.Restores;
import io.strandline.version.move.UndoRequest;
import io.strandline.version.move.Undos;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moving heads: restore, fast-forward, promote, undo. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Moves", description = "Move the head of a branch: bring versions back, go forward, promote a fork, undo.")
@Problems({
    ErrorCode.JOB_NOT_FOUND,
    ErrorCode.JOB_TRASHED,
    ErrorCode.BRANCH_NOT_FOUND,
    ErrorCode.SNAPSHOT_NOT_FOUND,
    ErrorCode.INVALID_REVISION,
    ErrorCode.SNAPSHOT_TRASHED,
    ErrorCode.SNAPSHOT_PURGED,
    ErrorCode.SNAPSHOT_LOST,
    ErrorCode.STATE_LOST,
    ErrorCode.DAMAGED,
    ErrorCode.HEAD_MOVED,
    ErrorCode.INCOMPATIBLE_STATE,
    ErrorCode.INVALID_PIPELINE,
    ErrorCode.OUTPUT_TAKEN,
    ErrorCode.SINK_CHOICE_REQUIRED,
    ErrorCode.OPERATION_IN_PROGRESS,
    ErrorCode.START_FAILED,
    ErrorCode.TOO_MANY_REQUESTS,
    ErrorCode.READ_ONLY,
    ErrorCode.STORAGE_FULL
})
class MovesController {

    static final String RESTORE = "restore";
    static final String FAST_FORWARD = "fast-forward";
    static final String PROMOTE = "promote";
    static final String UNDO = "undo";

    private final Planners planners;
    private final MoveOperations moves;
    private final OperationAnswers answers;

    MovesController(Planners planners, MoveOperations moves, OperationAnswers answers) {
        this.planners = planners;
        this.moves = moves;
        this.answers = answers;
    }

    /** Those who plan a move or refuse it. */
    @org.springframework.stereotype.Component
    record Planners(Restores restores, FastForwards fastForwards, Promotions promotions, Undos undos) {}

    @PostMapping("/restore")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Restore a version",
            description =
                    "Stops what runs, moves the head and starts from there, all or nothing: files, state and output are"
                            + " checked before anything is touched, and when the new start fails, head and old instance come back."
                            + " Output that the version does not have is moved to .withdrawn and listed in the result. A branch"
                            + " whose protection says resettable: false takes mode REVERT only.")
    @MovesHead
    @Problems({
        ErrorCode.NOT_AN_ANCESTOR,
        ErrorCode.PROTECTED,
        ErrorCode.REASON_REQUIRED,
        ErrorCode.PIPELINE_CHOICE_REQUIRED,
        ErrorCode.OUTPUT_NOT_REVERTIBLE
    })
    ResponseEntity<Operation> restore(
            @JobName @PathVariable String job,
            @Valid @RequestBody RestoreRequest request,
            Caller caller,
            PreferWait wait) {
        return answers.answer(moves.submit(RESTORE, job, request, caller, planners.restores()::accept), wait);
    }

    @PostMapping("/fast-forward")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Fast-forward a branch",
            description =
                    "Moves the head of a branch on to a descendant; nothing is left behind. Where an instance runs, it is"
                            + " stopped and started from there. A branch that nobody runs can be moved along in this way, as a"
                            + " last-good.")
    @MovesHead
    @Problems({ErrorCode.DIVERGED, ErrorCode.PIPELINE_CHOICE_REQUIRED})
    ResponseEntity<Operation> fastForward(
            @JobName @PathVariable String job,
            @Valid @RequestBody FastForwardRequest request,
            Caller caller,
            PreferWait wait) {
        return answers.answer(moves.submit(FAST_FORWARD, job, request, caller, planners.fastForwards()::accept), wait);
    }

    @PostMapping("/promote")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Promote a fork",
            description =
                    "Stops main and the fork, has main take the fork's head and pipeline, and starts main into its own"
                            + " sinks if it ran. The old head of main is kept by a tag before-promote-<number>. State moves,"
                            + " output does not: what main wrote since the fork is taken back, what the fork wrote stays where it"
                            + " is. The fork stays, stopped. All or nothing, as restore.")
    @MovesHead
    @Problems({ErrorCode.PROTECTED, ErrorCode.OUTPUT_NOT_REVERTIBLE})
    ResponseEntity<Operation> promote(
            @JobName @PathVariable String job,
            @Valid @RequestBody PromoteRequest request,
            Caller caller,
            PreferWait wait) {
        return answers.answer(moves.submit(PROMOTE, job, request, caller, planners.promotions()::accept), wait);
    }

    @PostMapping("/undo")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Undo a move",
            description =
                    "Reverses the last move of a branch's head that a person made and nobody has undone: the head and, unless"
                            + " it was changed since, the pipeline go back to what they were, and output that was taken back"
                            + " returns. Checkpoints do not count; those since the move are left behind, and stay for a week.")
    @MovesHead
    @Problems({
        ErrorCode.NOTHING_TO_UNDO,
        ErrorCode.NOT_THE_LAST_MOVE,
        ErrorCode.PROTECTED,
        ErrorCode.OUTPUT_NOT_REVERTIBLE
    })
    ResponseEntity<Operation> undo(
            @JobName @PathVariable String job,
            @Valid @RequestBody(required = false) @Nullable UndoRequest request,
            Caller caller,
            PreferWait wait) {
        UndoRequest wanted = request == null ? UndoRequest.DEFAULT : request;
        return answers.answer(moves.submit(UNDO, job, wanted, caller, planners.undos()::accept), wait);
    }
}
