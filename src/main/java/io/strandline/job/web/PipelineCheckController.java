package io.strandline.job.web;

import io.strandline.job.JobPipelines;
import io.strandline.pipeline.PipelinePlan;
import io.strandline.problem.ErrorCode;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Checking documents without making a job of them. */
@RestController
@RequestMapping(path = "/api/v1/pipelines", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Pipelines")
class PipelineCheckController {

    private final JobPipelines pipelines;

    PipelineCheckController(JobPipelines pipelines) {
        this.pipelines = pipelines;
    }

    @PostMapping(
            path = "/validate",
            consumes = {MediaType.APPLICATION_JSON_VALUE, PipelineBody.YAML})
    @Operation(
            summary = "Check a pipeline document",
            description =
                    "Checks all of a document, its connectors included, and answers with the plan it would run: nodes,"
                            + " rows, keys and states. Makes nothing.")
    @ApiResponse(responseCode = "200", description = "The plan.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            description = "A pipeline document.",
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
    @Problems({ErrorCode.INVALID_PIPELINE, ErrorCode.NOT_SUPPORTED})
    PipelinePlan validate(HttpEntity<String> document) {
        PipelineBody body = PipelineBody.of(document);
        return pipelines.check(body.text(), body.syntax()).plan();
    }

    @GetMapping("/schema")
    @Operation(
            summary = "Read the JSON Schema of pipeline documents",
            description = "JSON Schema 2020-12 of the documents this release runs.")
    @ApiResponse(
            responseCode = "200",
            description = "The schema.",
            content = @Content(schema = @Schema(type = "object")))
    String schema() {
        return pipelines.schema();
    }
}
