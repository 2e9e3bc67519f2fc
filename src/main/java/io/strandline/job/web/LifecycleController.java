package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.StartRequest;
import io.strandline.job.StopMode;
import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starting and stopping. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs")
class LifecycleController {

    private final NamedJobs names;
    private final JobVerbs verbs;
    private final OperationAnswers answers;

    LifecycleController(NamedJobs names, JobVerbs verbs, OperationAnswers answers) {
        this.names = names;
        this.verbs = verbs;
        this.answers = answers;
    }

    @PostMapping("/start")
    @Operation(
            summary = "Start a job",
            description =
                    "Starts an instance from the branch's head, or from nothing. Everything that can refuse is checked"
                            + " first: the version's files, what becomes of its state, the connectors. On a forked branch somebody has"
                            + " to have said for every sink where it writes; that is remembered.")
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result is the job.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.ALREADY_RUNNING,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.PIPELINE_VERSION_NOT_FOUND,
        ErrorCode.SINK_CHOICE_REQUIRED,
        ErrorCode.REASON_REQUIRED,
        ErrorCode.INCOMPATIBLE_STATE,
        ErrorCode.INVALID_PIPELINE,
        ErrorCode.OUTPUT_TAKEN,
        ErrorCode.DAMAGED,
        ErrorCode.SNAPSHOT_LOST,
        ErrorCode.STATE_LOST,
        ErrorCode.START_FAILED,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<io.strandline.operation.Operation> start(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch to start.") @RequestParam(defaultValue = Branch.MAIN) String branch,
            @Valid @RequestBody(required = false) @Nullable StartRequest request,
            Caller caller,
            PreferWait wait) {
        StartRequest wanted = request == null ? StartRequest.DEFAULT : request;
        return answers.answer(verbs.start(names.named(job), branch, wanted, caller.cause(wanted.reason())), wait);
    }

    @PostMapping("/stop")
    @Operation(
            summary = "Stop a job",
            description =
                    "SNAPSHOT takes a last snapshot and stops; should it fail, the job runs on. DRAIN ends the input"
                            + " where it is and finishes. CANCEL stops at once. A job that waits for its next restart just stops.")
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result is the job.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.NOT_RUNNING,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.WRITE_FAILED,
        ErrorCode.COMMIT_REFUSED,
        ErrorCode.COMMIT_UNKNOWN,
        ErrorCode.CHECKPOINT_TIMEOUT,
        ErrorCode.CHECKPOINT_ABORTED,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<io.strandline.operation.Operation> stop(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch to stop.") @RequestParam(defaultValue = Branch.MAIN) String branch,
            @Valid @RequestBody(required = false) @Nullable StopBody request,
            Caller caller,
            PreferWait wait) {
        StopMode mode = request == null ? StopMode.SNAPSHOT : request.modeOrDefault();
        String reason = request == null ? null : request.reason();
        return answers.answer(verbs.stop(names.named(job), branch, mode, caller.cause(reason)), wait);
    }
}
