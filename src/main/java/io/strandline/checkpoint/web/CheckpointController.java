package io.strandline.checkpoint.web;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.checkpoint.CheckpointAttempt;
import io.strandline.checkpoint.Checkpoints;
import io.strandline.checkpoint.SnapshotRequest;
import io.strandline.checkpoint.Snapshots;
import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.OperationAnswers;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.problem.ErrorCode;
import io.strandline.runner.AttemptReport;
import io.strandline.runner.BranchRef;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Triggering snapshots and following attempts. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Checkpoints", description = "Trigger snapshots, follow every attempt with its phases and figures.")
class CheckpointController {

    static final String SNAPSHOT = "snapshot";

    private static final String LIST = "checkpoints";

    private final NamedJobs jobs;
    private final Checkpoints checkpoints;
    private final Snapshots snapshots;
    private final Operations operations;
    private final OperationAnswers answers;

    CheckpointController(
            NamedJobs jobs,
            Checkpoints checkpoints,
            Snapshots snapshots,
            Operations operations,
            OperationAnswers answers) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.snapshots = snapshots;
        this.operations = operations;
        this.answers = answers;
    }

    @PostMapping("/snapshots")
    @Operation(
            summary = "Take a snapshot",
            description =
                    "Triggers a checkpoint of the running job; it waits for the one under way, and for a job that is"
                            + " still starting, and ignores the minimum pause. The operation's result is the version.")
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result is the version.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.NOT_RUNNING,
        ErrorCode.SNAPSHOT_QUEUE_FULL,
        ErrorCode.TAG_EXISTS,
        ErrorCode.NAME_TAKEN,
        ErrorCode.INVALID_NAME,
        ErrorCode.NOT_DURABLE,
        ErrorCode.WRITE_FAILED,
        ErrorCode.COMMIT_REFUSED,
        ErrorCode.COMMIT_UNKNOWN,
        ErrorCode.CHECKPOINT_TIMEOUT,
        ErrorCode.CHECKPOINT_ABORTED,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<io.strandline.operation.Operation> take(
            @JobName @PathVariable String job,
            @Valid @RequestBody(required = false) @Nullable SnapshotRequest body,
            Caller caller,
            PreferWait wait) {
        Job found = jobs.named(job);
        SnapshotRequest request = body == null ? SnapshotRequest.DEFAULT : body;
        BranchRef on = checkpoints.accept(found, request);
        Cause cause = caller.cause(request.reason());
        Submission submission = new Submission(SNAPSHOT, found.id(), request, cause);
        return answers.answer(
                operations.submit(submission, course -> {
                    course.stage("checkpoint");
                    return SnapshotResponse.of(
                            found, snapshots.one(checkpoints.take(on, request, course.operationId(), course.cause())));
                }),
                wait);
    }

    @GetMapping("/checkpoints")
    @Operation(
            summary = "List checkpoint attempts",
            description =
                    "Attempts that yielded a version and attempts that failed, with their phases; newest first. Figures"
                            + " of past attempts are kept in the catalog only, for the newest thousand.")
    @Problems(ErrorCode.JOB_NOT_FOUND)
    Page<CheckpointResponse> list(
            @JobName @PathVariable String job,
            @Parameter(description = "Only those made on this branch.") @RequestParam(required = false) @Nullable
                    String branch,
            @Parameter(description = "Only those in this state.") @RequestParam(required = false)
                    AttemptReport.@Nullable State state,
            PageQuery page) {
        @Nullable Long before = page.after(LIST, 1, key -> Long.valueOf(key.get(0)));
        List<CheckpointAttempt> found = checkpoints.attempts(
                jobs.named(job), branch, state == null ? null : state.name(), before, page.fetchSize());
        return Page.of(
                        found,
                        page,
                        LIST,
                        attempt -> List.of(Long.toString(attempt.report().number())))
                .map(CheckpointResponse::listed);
    }

    @GetMapping("/checkpoints/{n}")
    @Operation(
            summary = "Look at a checkpoint attempt",
            description =
                    "One attempt with its phases, the figures of every subtask, and on failure the phase, the subtask"
                            + " and the cause.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.CHECKPOINT_NOT_FOUND})
    CheckpointResponse get(
            @JobName @PathVariable String job,
            @Parameter(description = "The attempt's number.", example = "42") @PathVariable long n) {
        return CheckpointResponse.detailed(checkpoints.attempt(jobs.named(job), n));
    }
}
