package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.history.Instance;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.JobPipelines;
import io.strandline.job.JobStatus;
import io.strandline.job.Jobs;
import io.strandline.job.StartRequest;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.problem.ErrorCode;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.ETag;
import io.strandline.web.IfMatch;
import io.strandline.web.JobName;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs: submit, list, look at, throw away, bring back. */
@RestController
@RequestMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs", description = "Submit pipelines, start and stop them, change what they run.")
class JobController {

    private final NamedJobs names;
    private final Jobs jobs;
    private final JobPipelines pipelines;
    private final JobVerbs verbs;

    JobController(NamedJobs names, Jobs jobs, JobPipelines pipelines, JobVerbs verbs) {
        this.names = names;
        this.jobs = jobs;
        this.pipelines = pipelines;
        this.verbs = verbs;
    }

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, PipelineBody.YAML})
    @Operation(
            summary = "Submit a job",
            description = "Takes a pipeline document as JSON or YAML, checks all of it, and makes a job of it. With"
                    + " start=true it is to run from then on, and the operation named in the answer starts it; the"
                    + " answer's state is STARTING then, or what it has become already, and never STOPPED.")
    @ApiResponse(responseCode = "201", description = "The job: STOPPED, or STARTING with start=true.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            description = "A pipeline document; its schema is at /api/v1/pipelines/schema.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(type = "object"),
                        examples = @ExampleObject(name = "flights", value = JobExamples.PIPELINE)),
                @Content(
                        mediaType = PipelineBody.YAML,
                        schema = @Schema(type = "object"),
                        examples = @ExampleObject(name = "flights", value = JobExamples.PIPELINE))
            })
    @Problems({
        ErrorCode.JOB_EXISTS,
        ErrorCode.INVALID_PIPELINE,
        ErrorCode.NOT_SUPPORTED,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<JobResponse> submit(
            HttpEntity<String> document,
            @Parameter(description = "Start it too.") @RequestParam(defaultValue = "false") boolean start,
            Caller caller) {
        PipelineBody body = PipelineBody.of(document);
        CheckedPipeline checked = pipelines.check(body.text(), body.syntax());
        caller.jobs().require(checked.document().name());
        Cause cause = caller.cause(null);
        if (!start) {
            return submitted(jobs.status(jobs.submit(checked.document(), cause), Branch.MAIN), Optional.empty());
        }
        Job job = verbs.submitRunning(checked.document(), cause);
        String operation =
                verbs.start(job, Branch.MAIN, StartRequest.DEFAULT, cause).id();
        return submitted(jobs.status(job, Branch.MAIN), Optional.of(operation));
    }

    static ResponseEntity<JobResponse> submitted(JobStatus status, Optional<String> operation) {
        return ResponseEntity.created(URI.create("/api/v1/jobs/" + status.job().name()))
                .eTag(etag(status).value())
                .body(JobResponse.of(status, operation.orElse(null)));
    }

    @GetMapping
    @Operation(
            summary = "List jobs",
            description =
                    "Jobs that are not in the trash, or those that are, and that the caller's key is for; newest first.")
    Page<JobResponse> list(
            @Parameter(description = "List those in the trash instead.") @RequestParam(defaultValue = "false")
                    boolean trashed,
            Caller caller,
            PageQuery page) {
        String list = trashed ? "trashed-jobs" : "jobs";
        List<String> after = page.after(list, 1);
        List<Job> found = jobs.list(caller.jobs(), trashed, after.isEmpty() ? null : after.get(0), page.fetchSize());
        return Page.of(found, page, list, job -> List.of(job.id()))
                .map(job -> JobResponse.of(jobs.status(job, Branch.MAIN)));
    }

    @GetMapping("/{job}")
    @Operation(
            summary = "Look at a job",
            description = "The job, its state, its head and what runs. A job in the trash says so in trashed.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND})
    ResponseEntity<JobResponse> get(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch to look at.") @RequestParam(defaultValue = Branch.MAIN)
                    String branch) {
        JobStatus status = jobs.status(names.named(job), branch);
        return ResponseEntity.ok().eTag(etag(status).value()).body(JobResponse.of(status));
    }

    @DeleteMapping("/{job}")
    @Operation(
            summary = "Delete a job",
            description =
                    "Moves a stopped job and its versions to the trash. Tags and holds of people stand in the way;"
                            + " heads and holds of the server do not. The name is free once the trash is purged.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.NOT_STOPPED,
        ErrorCode.PROTECTED,
        ErrorCode.JOB_TRASHED,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    JobResponse delete(
            @JobName @PathVariable String job,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            Caller caller) {
        Job found = names.named(job);
        ifMatch.check(etag(jobs.status(found, Branch.MAIN)));
        Job trashed = jobs.trash(found, caller.cause(reason));
        return JobResponse.of(jobs.status(trashed, Branch.MAIN));
    }

    @PostMapping("/{job}/undelete")
    @Operation(
            summary = "Bring a job back",
            description = "Takes a job and the versions that went with it out of the trash; it stays stopped.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.NOT_TRASHED, ErrorCode.READ_ONLY, ErrorCode.STORAGE_FULL})
    @ApiResponse(responseCode = "200", description = "The job.")
    JobResponse undelete(
            @JobName @PathVariable String job,
            @RequestBody(required = false) @Nullable ReasonBody body,
            Caller caller) {
        Job back = jobs.undelete(names.named(job), caller.cause(body == null ? null : body.reason()));
        return JobResponse.of(jobs.status(back, Branch.MAIN));
    }

    @GetMapping("/{job}/instances")
    @Operation(
            summary = "List a job's runs",
            description = "Every instance on all branches or one, with why it began and why it ended; newest first.")
    @Problems(ErrorCode.JOB_NOT_FOUND)
    Page<InstanceResponse> instances(
            @JobName @PathVariable String job,
            @Parameter(description = "Only those on this branch.", example = "main")
                    @RequestParam(required = false)
                    @Nullable
                    String branch,
            PageQuery page) {
        @Nullable Long before = page.after("instances", 1, key -> Long.valueOf(key.get(0)));
        List<Instance> found = jobs.instances(names.named(job), branch, before, page.fetchSize());
        return Page.of(found, page, "instances", instance -> List.of(Long.toString(instance.epoch())))
                .map(InstanceResponse::of);
    }

    static ETag etag(JobStatus status) {
        return ETag.of(
                status.job().id(),
                status.branch().name(),
                status.branch().pipelineVersion(),
                status.job().description());
    }
}
