package io.strandline.version.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.JobStatus;
import io.strandline.operation.OperationAnswers;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.version.Branches;
import io.strandline.version.Branches.Move;
import io.strandline.version.ForkPlan;
import io.strandline.version.ForkRequest;
import io.strandline.version.Forks;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.IfMatch;
import io.strandline.web.JobName;
import io.strandline.web.MergePatch;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Branches: made, looked at, protected, thrown away, and where their heads have been. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/branches", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Branches", description = "Lines of versions: fork them, see where their heads are and have been.")
class BranchController {

    /** The type of the operation that makes a branch and starts it. */
    static final String FORK = "fork";

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String BRANCHES = "branches";
    private static final String REFLOG = "reflog";

    private final NamedJobs jobs;
    private final Branches branches;
    private final Forks forks;
    private final Operations operations;
    private final OperationAnswers answers;
    private final JsonMapper json;

    BranchController(
            NamedJobs jobs,
            Branches branches,
            Forks forks,
            Operations operations,
            OperationAnswers answers,
            JsonMapper json) {
        this.jobs = jobs;
        this.branches = branches;
        this.forks = forks;
        this.operations = operations;
        this.answers = answers;
        this.json = json;
    }

    @GetMapping
    @Operation(summary = "List branches", description = "A job's branches; main always exists.")
    @Problems(ErrorCode.JOB_NOT_FOUND)
    Page<BranchResponse> list(
            @JobName @PathVariable String job,
            @Parameter(description = "List those in the trash instead.") @RequestParam(defaultValue = "false")
                    boolean trashed,
            PageQuery page) {
        List<String> after = page.after(BRANCHES, 1);
        Job found = jobs.named(job);
        List<JobStatus> rest = (trashed ? branches.trashed(found) : branches.list(found))
                .stream()
                        .filter(status ->
                                after.isEmpty() || status.branch().name().compareTo(after.get(0)) > 0)
                        .sorted((a, b) -> a.branch().name().compareTo(b.branch().name()))
                        .limit(page.fetchSize())
                        .toList();
        return Page.of(rest, page, BRANCHES, status -> List.of(status.branch().name()))
                .map(BranchResponse::of);
    }

    @GetMapping("/{branch}")
    @Operation(
            summary = "Look at a branch",
            description = "A branch with its head and state. Its ETag covers its settings, never its head.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND})
    ResponseEntity<BranchResponse> get(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch's name.", example = "main") @PathVariable String branch) {
        return answer(branches.get(jobs.named(job), branch));
    }

    @PostMapping
    @Operation(
            summary = "Fork a branch",
            description =
                    "Makes a branch at any version of the job. Nothing is copied, and the branch it comes from may be deleted"
                            + " at once. With start it is started too, beside its parent: every sink has to be named in"
                            + " start.sinks, so that no output is doubled by accident.")
    @ApiResponse(
            responseCode = "200",
            description = "With start and Prefer: wait: the finished operation.",
            content = @Content(schema = @Schema(implementation = io.strandline.operation.Operation.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The branch, not started.",
            content = @Content(schema = @Schema(implementation = BranchResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "With start: the operation; its result is the branch.",
            content = @Content(schema = @Schema(implementation = io.strandline.operation.Operation.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            examples = {
                                @ExampleObject(
                                        name = "bookmark",
                                        value = "{\"name\": \"last-good\", \"from\": \"main\"}"),
                                @ExampleObject(name = "trial", value = """
                                        {"name": "trial", "from": "main~3", "pipeline": "CURRENT",
                                         "start": {"sinks": {"out": {"mode": "REDIRECT", "path": "by-origin-trial"}}},
                                         "reason": "try another threshold"}""")
                            }))
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.INVALID_NAME,
        ErrorCode.NAME_TAKEN,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.SNAPSHOT_LOST,
        ErrorCode.DAMAGED,
        ErrorCode.NOT_DURABLE,
        ErrorCode.PIPELINE_CHOICE_REQUIRED,
        ErrorCode.PIPELINE_VERSION_NOT_FOUND,
        ErrorCode.SINK_CHOICE_REQUIRED,
        ErrorCode.REASON_REQUIRED,
        ErrorCode.INCOMPATIBLE_STATE,
        ErrorCode.INVALID_PIPELINE,
        ErrorCode.OUTPUT_TAKEN,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.START_FAILED,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<?> fork(
            @JobName @PathVariable String job,
            @Valid @RequestBody ForkRequest request,
            Caller caller,
            PreferWait wait) {
        Job found = jobs.live(job);
        Cause cause = caller.cause(request.reason());
        if (request.start() == null) {
            Branch branch = forks.create(found, request, cause);
            return made(branches.get(found, branch.name()));
        }
        String id = operations.newId();
        ForkPlan plan = forks.accept(found, request, id, cause.within(id));
        return answers.answer(submit(id, new Submission(FORK, found.id(), request, cause), plan), wait);
    }

    @PatchMapping(
            path = "/{branch}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    @Operation(
            summary = "Protect a branch",
            description =
                    "Changes what may be done to a branch by a JSON merge patch: whether it can be deleted, and whether its"
                            + " head may be moved to anything but a descendant.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(examples = @ExampleObject(value = "{\"protection\": {\"deletable\": false}}")))
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.PRECONDITION_REQUIRED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<BranchResponse> protect(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch's name.", example = "main") @PathVariable String branch,
            @RequestBody MergePatch patch,
            IfMatch ifMatch,
            Caller caller) {
        JobStatus status = branches.protect(
                jobs.live(job),
                branch,
                now -> {
                    ifMatch.require(BranchSettings.etag(now));
                    return patch.applyTo(BranchSettings.of(now), BranchSettings.class, json)
                            .protectionOf(now);
                },
                caller.cause(null));
        return answer(status);
    }

    @DeleteMapping("/{branch}")
    @Operation(
            summary = "Delete a branch",
            description =
                    "Moves a branch that does not run to the trash. Its versions stay, under the job's retention policy; its"
                            + " head is held for as long as the branch may come back. Tags and other branches keep what they"
                            + " name. The name stays taken until the branch is purged with the trash. main can never be deleted.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.PROTECTED,
        ErrorCode.NOT_STOPPED,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.PRECONDITION_REQUIRED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    BranchResponse delete(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch's name.", example = "trial") @PathVariable String branch,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            Caller caller) {
        return BranchResponse.of(branches.delete(
                jobs.live(job), branch, now -> ifMatch.require(BranchSettings.etag(now)), caller.cause(reason)));
    }

    @PostMapping("/{branch}/undelete")
    @Operation(
            summary = "Bring a branch back",
            description = "Takes a branch out of the trash with the head and the settings it had; it stays stopped.")
    @ApiResponse(responseCode = "200", description = "The branch.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.NOT_TRASHED,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<BranchResponse> undelete(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch's name.", example = "trial") @PathVariable String branch,
            @Valid @RequestBody(required = false) @Nullable BranchReason body,
            Caller caller) {
        Cause cause = caller.cause(body == null ? null : body.reason());
        return answer(branches.undelete(jobs.live(job), branch, cause));
    }

    @GetMapping("/{branch}/reflog")
    @Operation(
            summary = "Read a branch's reflog",
            description =
                    "Every move of the branch's head with who made it and why, newest first; checkpoints in a row are folded"
                            + " into one line.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND})
    Page<MoveResponse> reflog(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch's name.", example = "main") @PathVariable String branch,
            PageQuery page) {
        @Nullable Long before = page.after(REFLOG, 1, key -> Long.valueOf(key.get(0)));
        List<Move> moves = branches.reflog(jobs.named(job), branch, before, page.fetchSize());
        return Page.of(
                        moves,
                        page,
                        REFLOG,
                        move -> List.of(Long.toString(move.oldest().sequence())))
                .map(MoveResponse::of);
    }

    static ResponseEntity<BranchResponse> made(JobStatus status) {
        String path = "/api/v1/jobs/" + status.job().name() + "/branches/"
                + status.branch().name();
        return ResponseEntity.created(URI.create(path))
                .eTag(BranchSettings.etag(status.branch()).value())
                .body(BranchResponse.of(status));
    }

    static ResponseEntity<BranchResponse> answer(JobStatus status) {
        return ResponseEntity.ok()
                .eTag(BranchSettings.etag(status.branch()).value())
                .body(BranchResponse.of(status));
    }

    private io.strandline.operation.Operation submit(String id, Submission submission, ForkPlan plan) {
        Runnable giveUp = () -> forks.giveUp(plan, id, submission.cause().within(id));
        try {
            io.strandline.operation.Operation operation = operations.submit(
                    id,
                    submission,
                    course -> {
                        forks.run(plan, course);
                        return BranchResponse.of(
                                branches.get(plan.job(), plan.branch().name()));
                    },
                    giveUp);
            plan.claim().heldFor(id, () -> operations.get(id).finished());
            return operation;
        } catch (StrandlineException e) {
            giveUp.run();
            throw e;
        }
    }
}
