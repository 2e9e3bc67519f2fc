package io.strandline.retention.web;

import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.retention.gc.GcRun;
import io.strandline.retention.gc.GcRuns;
import io.strandline.web.Caller;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Garbage collection by hand, and what its runs did. */
@RestController
@RequestMapping(path = "/api/v1/gc/runs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Trash")
class GcController {

    private static final String LIST = "gc-runs";

    private final GcRuns runs;
    private final OperationAnswers answers;

    GcController(GcRuns runs, OperationAnswers answers) {
        this.runs = runs;
        this.answers = answers;
    }

    @PostMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Run garbage collection",
            description =
                    "It runs by itself; this looks (DRY_RUN) or does the same now (DELETE): purge what is due, condemn"
                            + " files nobody names, unlink what has waited in quarantine. After a disagreement deletion is switched"
                            + " off until a DRY_RUN is clean.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(examples = @ExampleObject(name = "look", value = RetentionExamples.GC)))
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result is the report of the run.")
    @Problems({ErrorCode.CIRCUIT_OPEN, ErrorCode.TOO_MANY_REQUESTS, ErrorCode.READ_ONLY})
    ResponseEntity<Operation> run(
            @Valid @RequestBody(required = false) @Nullable GcBody body, Caller caller, PreferWait wait) {
        GcBody wanted = body == null ? GcBody.DRY_RUN : body;
        boolean quarantineUnknown = Boolean.TRUE.equals(wanted.quarantineUnknown());
        Operation started = runs.start(wanted.modeOrDefault(), quarantineUnknown, caller.cause(wanted.reason()));
        return answers.answer(started, wait);
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List garbage collection runs",
            description = "Reports of runs that did or found something, newest first.")
    Page<GcRun> list(PageQuery page) {
        List<String> after = page.after(LIST, 1);
        List<GcRun> found = runs.list(after.isEmpty() ? null : after.get(0), page.fetchSize());
        return Page.of(found, page, LIST, run -> List.of(run.id()));
    }
}
