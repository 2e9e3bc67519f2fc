package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.JobPipelines;
import io.strandline.job.JobPipelines.PipelineChange;
import io.strandline.job.JobStatus;
import io.strandline.job.Jobs;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.web.Caller;
import io.strandline.web.IfMatch;
import io.strandline.web.JobName;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a job runs, and putting something else in its place. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/pipeline", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Pipelines", description = "Pipeline documents: check them, read them, change what a job runs.")
class PipelineController {

    private final NamedJobs names;
    private final Jobs jobs;
    private final JobPipelines pipelines;
    private final JobVerbs verbs;
    private final OperationAnswers answers;

    PipelineController(NamedJobs names, Jobs jobs, JobPipelines pipelines, JobVerbs verbs, OperationAnswers answers) {
        this.names = names;
        this.jobs = jobs;
        this.pipelines = pipelines;
        this.verbs = verbs;
        this.answers = answers;
    }

    /** How a change is to be made. */
    record Options(
            @Parameter(description = "The branch whose pipeline changes.") @Schema(defaultValue = "main") @Nullable
            String branch,

            @Parameter(description = "Only tell what would become of the state; save nothing.")
            @Schema(defaultValue = "false")
            @Nullable
            Boolean dryRun,

            @Parameter(description = "Stop with a snapshot and start with the new document, as one operation.")
            @Schema(defaultValue = "false")
            @Nullable
            Boolean restart,

            @Parameter(description = "Allow state that the document no longer knows to be lost.")
            @Schema(defaultValue = "false")
            @Nullable
            Boolean allowDroppedState,

            @Parameter(description = "Why, for the audit.") @Nullable
            String reason) {

        String branchOrMain() {
            return branch == null ? Branch.MAIN : branch;
        }
    }

    @GetMapping
    @Operation(
            summary = "Read a job's pipeline",
            description = "The document the branch runs from its next start on, with every default filled in.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND})
    ResponseEntity<PipelineResponse> current(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch.") @RequestParam(defaultValue = Branch.MAIN) String branch) {
        Job found = names.named(job);
        return tagged(jobs.status(found, branch), pipelines.current(found, branch));
    }

    @GetMapping("/versions/{n}")
    @Operation(summary = "Read an earlier pipeline", description = "A job's document as it was in that version.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.PIPELINE_VERSION_NOT_FOUND})
    PipelineResponse version(
            @JobName @PathVariable String job,
            @Parameter(description = "The pipeline version, from 1.", example = "1") @PathVariable int n) {
        return PipelineResponse.of(null, pipelines.version(names.named(job), n));
    }

    @PutMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, PipelineBody.YAML})
    @Operation(
            summary = "Change a job's pipeline",
            description = "Checks the document and what becomes of the head's state, then saves it as the branch's next"
                    + " version. What runs goes on with the old one until it is started anew; with restart=true the job is"
                    + " stopped with a snapshot and started with the new document, and if that does not come up the old one"
                    + " runs again. With dryRun=true the answer is the compatibility report and nothing is saved.")
    @ApiResponse(
            responseCode = "200",
            description =
                    "The saved pipeline; with dryRun the compatibility report; with restart the finished operation.",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            oneOf = {
                                                PipelineResponse.class,
                                                CompatibilityResponse.class,
                                                io.strandline.operation.Operation.class
                                            })))
    @ApiResponse(
            responseCode = "202",
            description = "With restart: the operation; its result is the saved pipeline.",
            content = @Content(schema = @Schema(implementation = io.strandline.operation.Operation.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            description = "A pipeline document of the same name.",
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
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.INVALID_PIPELINE,
        ErrorCode.OUTPUT_TAKEN,
        ErrorCode.NOT_SUPPORTED,
        ErrorCode.INCOMPATIBLE_STATE,
        ErrorCode.SINK_CHOICE_REQUIRED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.CONFLICT,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.START_FAILED,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<?> change(
            @JobName @PathVariable String job,
            @ParameterObject Options options,
            HttpEntity<String> document,
            IfMatch ifMatch,
            Caller caller,
            PreferWait wait) {
        Job found = names.named(job);
        String branch = options.branchOrMain();
        ifMatch.check(JobController.etag(jobs.status(found, branch)));
        PipelineBody body = PipelineBody.of(document);
        PipelineChange change = pipelines.propose(
                found,
                branch,
                pipelines.check(body.text(), body.syntax()).document(),
                Boolean.TRUE.equals(options.allowDroppedState()));
        if (Boolean.TRUE.equals(options.dryRun())) {
            return ResponseEntity.ok(CompatibilityResponse.of(change));
        }
        Cause cause = caller.cause(options.reason());
        if (Boolean.TRUE.equals(options.restart())) {
            return answers.answer(verbs.replacePipeline(found, change, cause), wait);
        }
        PipelineVersion saved = pipelines.save(found, change, cause);
        return tagged(jobs.status(found, branch), saved);
    }

    private static ResponseEntity<PipelineResponse> tagged(JobStatus status, PipelineVersion version) {
        return ResponseEntity.ok()
                .eTag(JobController.etag(status).value())
                .body(PipelineResponse.of(status.branch().name(), version));
    }
}
