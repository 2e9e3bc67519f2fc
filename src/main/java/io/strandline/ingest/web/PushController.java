package io.strandline.ingest.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.ingest.Pushes;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.runner.intake.Push;
import io.strandline.runner.intake.PushOutcome;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Pushing records. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/sources/{source}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Records", description = "Push records to a job's sources.")
class PushController {

    private static final String NDJSON = "application/x-ndjson";
    private static final String REPEATED_HEADER = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{0,200}");

    private final NamedJobs names;
    private final Pushes pushes;

    PushController(NamedJobs names, Pushes pushes) {
        this.names = names;
        this.pushes = pushes;
    }

    @PostMapping(
            path = "/records",
            consumes = {MediaType.APPLICATION_JSON_VALUE, NDJSON})
    @Operation(
            summary = "Push records",
            description =
                    "Takes a JSON array of objects, or one object a line, for a source of type http. All of them are"
                            + " kept or none: each is checked against the source's schema first. They are durable when the answer"
                            + " comes, whether the job runs or not; it reads them in the order of their offsets. With an"
                            + " Idempotency-Key a repetition within a day is not kept again.")
    @ApiResponse(responseCode = "202", description = "The records are durable.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            description = "Records with the columns of the source's schema, up to 1 MB; an array of up to 10,000.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(type = "array"),
                        examples = @ExampleObject(name = "two", value = "[{\"user\": \"a\"}, {\"user\": \"b\"}]")),
                @Content(
                        mediaType = NDJSON,
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject(name = "two", value = "{\"user\": \"a\"}\n{\"user\": \"b\"}\n"))
            })
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.SOURCE_NOT_FOUND,
        ErrorCode.INVALID_RECORDS,
        ErrorCode.BACKLOG_FULL,
        ErrorCode.STORAGE_FULL,
        ErrorCode.STORAGE_UNAVAILABLE
    })
    ResponseEntity<PushResponse> push(
            @JobName @PathVariable String job,
            @Parameter(description = "The source's name.", example = "events") @PathVariable String source,
            @Parameter(description = "The partition to put them in; by default one after the other.")
                    @RequestParam(required = false)
                    @Nullable
                    Integer partition,
            @Parameter(description = "The branch whose pipeline says what a record has.")
                    @RequestParam(defaultValue = Branch.MAIN)
                    String branch,
            HttpEntity<byte[]> records,
            HttpServletRequest request) {
        MediaType type = records.getHeaders().getContentType();
        boolean lines = type != null && type.getSubtype().contains("ndjson");
        byte[] body = records.getBody();
        Push push = new Push(body == null ? new byte[0] : body, lines, key(records, request), partition);
        PushOutcome.Kept kept = pushes.push(names.live(job), branch, source, push);
        ResponseEntity.BodyBuilder answer = ResponseEntity.accepted();
        if (kept.repeated()) {
            answer.header(REPEATED_HEADER, "true");
        }
        return answer.body(PushResponse.of(source, kept));
    }

    private static String key(HttpEntity<byte[]> records, HttpServletRequest request) {
        String key = records.getHeaders().getFirst(Caller.IDEMPOTENCY_KEY_HEADER);
        if (key == null) {
            return "";
        }
        if (!KEY.matcher(key).matches()) {
            String detail = "Idempotency-Key takes 1 to 200 visible ASCII characters.";
            throw Problem.of(ErrorCode.INVALID_PARAMETER, detail)
                    .withError(Caller.IDEMPOTENCY_KEY_HEADER, detail)
                    .asException();
        }
        return Caller.ownKey(request, key);
    }
}
