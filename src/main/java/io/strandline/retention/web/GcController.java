package io.strandline.retention.web;

import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.retention.gc.GcRun;
import io.strandline.retention.gc.GcRuns;
import io.strandline.retention.gc.GcSettings;
import io.strandline.retention.inventory.QuarantineShelf;
import io.strandline.retention.inventory.QuarantinedFile;
import io.strandline.storage.Digest;
import io.strandline.web.Caller;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Parameter;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Garbage collection by hand, and what its runs did. */
@RestController
@RequestMapping(path = "/api/v1/gc", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Trash")
class GcController {

    private static final String LIST = "gc-runs";
    private static final String QUARANTINE = "gc-quarantine";

    private final GcRuns runs;
    private final QuarantineShelf shelf;
    private final GcSettings settings;
    private final OperationAnswers answers;

    GcController(GcRuns runs, QuarantineShelf shelf, GcSettings settings, OperationAnswers answers) {
        this.runs = runs;
        this.shelf = shelf;
        this.settings = settings;
        this.answers = answers;
    }

    @PostMapping("/runs")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Run garbage collection",
            description =
                    "It runs by itself; this looks (DRY_RUN) or does the same now (DELETE): purge what is due, condemn"
                            + " files nobody names, unlink what has waited in quarantine. AUDIT looks, and compares every manifest,"
                            + " file and reference row: versions that lack something are flagged. After a disagreement deletion is"
                            + " switched off until a DRY_RUN or AUDIT is clean.")
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

    @GetMapping("/runs")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List garbage collection runs",
            description = "Reports of runs that did or found something, newest first.")
    Page<GcRun> list(PageQuery page) {
        List<String> after = page.after(LIST, 1);
        List<GcRun> found = runs.list(after.isEmpty() ? null : after.get(0), page.fetchSize());
        return Page.of(found, page, LIST, run -> List.of(run.id()));
    }

    @GetMapping("/quarantine")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List the quarantine",
            description = "Files that no version names, which wait to be unlinked; by their digest.")
    @Problems(ErrorCode.STORAGE_UNAVAILABLE)
    Page<QuarantinedFile> quarantine(PageQuery page) {
        @Nullable Digest after = page.after(QUARANTINE, 1, key -> Digest.parse(key.get(0)));
        return Page.of(
                shelf.list(settings.quarantine(), after, page.fetchSize()),
                page,
                QUARANTINE,
                file -> List.of(file.file()));
    }

    @PostMapping("/quarantine/{file}/restore")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Bring a file back from quarantine",
            description =
                    "Puts it back among the live files and hashes it. If no version names it, it counts as unknown from then"
                            + " on and stays until a collection is told to take unknown files.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(examples = @ExampleObject(name = "back", value = RetentionExamples.BACK)))
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result tells whether the file is intact.")
    @Problems({ErrorCode.FILE_NOT_FOUND, ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.TOO_MANY_REQUESTS, ErrorCode.READ_ONLY
    })
    ResponseEntity<Operation> restore(
            @Parameter(description = "The file's digest, as the list tells it.", example = RetentionExamples.FILE)
                    @PathVariable
                    String file,
            @Valid @RequestBody(required = false) @Nullable ReasonBody body,
            Caller caller,
            PreferWait wait) {
        return answers.answer(shelf.restore(file, caller.cause(body == null ? null : body.reason())), wait);
    }
}
