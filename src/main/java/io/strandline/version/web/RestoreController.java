package io.strandline.version.web;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.version.RestorePlan;
import io.strandline.version.RestoreRequest;
import io.strandline.version.Restores;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Bringing versions back. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/restore", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Restore", description = "Bring an earlier version back.")
class RestoreController {

    static final String TYPE = "restore";

    private final NamedJobs jobs;
    private final Restores restores;
    private final Operations operations;
    private final OperationAnswers answers;

    RestoreController(NamedJobs jobs, Restores restores, Operations operations, OperationAnswers answers) {
        this.jobs = jobs;
        this.restores = restores;
        this.operations = operations;
        this.answers = answers;
    }

    @PostMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Restore a version",
            description =
                    "Stops what runs, moves the head and starts from there, all or nothing: files, state and output are"
                            + " checked before anything is touched, and when the new start fails, head and old instance come back."
                            + " Output that the version does not have is moved to .withdrawn and listed in the result.")
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result says what was done.")
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
        ErrorCode.NOT_AN_ANCESTOR,
        ErrorCode.PIPELINE_CHOICE_REQUIRED,
        ErrorCode.INCOMPATIBLE_STATE,
        ErrorCode.INVALID_PIPELINE,
        ErrorCode.OUTPUT_TAKEN,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.START_FAILED,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<Operation> restore(
            @JobName @PathVariable String job,
            @Valid @RequestBody RestoreRequest request,
            Caller caller,
            PreferWait wait) {
        Job found = jobs.live(job);
        String id = operations.newId();
        Cause cause = caller.cause(request.reason());
        RestorePlan plan = restores.accept(found, request, id, cause.within(id));
        return answers.answer(submit(id, new Submission(TYPE, found.id(), request, cause), plan), wait);
    }

    private Operation submit(String id, Submission submission, RestorePlan plan) {
        Runnable giveUp = () -> restores.giveUp(plan, id, submission.cause().within(id));
        try {
            Operation operation = operations.submit(
                    id, submission, course -> RestoreResponse.of(plan, restores.run(plan, course)), giveUp);
            plan.claim().heldFor(id, () -> operations.get(id).finished());
            return operation;
        } catch (StrandlineException e) {
            giveUp.run();
            throw e;
        }
    }
}
