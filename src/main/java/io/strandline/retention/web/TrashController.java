package io.strandline.retention.web;

import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.retention.gc.GcRuns;
import io.strandline.retention.gc.Trash;
import io.strandline.retention.gc.TrashItem;
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

/** The trash: look into it, empty it. */
@RestController
@RequestMapping(path = "/api/v1/trash", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Trash", description = "What was deleted or has expired, and how its space comes back.")
class TrashController {

    private static final String LIST = "trash";

    private final Trash trash;
    private final GcRuns runs;
    private final OperationAnswers answers;

    TrashController(Trash trash, GcRuns runs, OperationAnswers answers) {
        this.trash = trash;
        this.runs = runs;
        this.answers = answers;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List the trash",
            description =
                    "Jobs, then branches by job and name, then versions of all jobs, with the time they may be purged. Jobs and"
                            + " versions come newest first.")
    Page<TrashItem> list(PageQuery page) {
        Trash.@Nullable Position position =
                page.after(LIST, 2, key -> Trash.Position.of(TrashItem.Type.valueOf(key.get(0)), key.get(1)));
        return Page.of(
                trash.list(position, page.fetchSize()),
                page,
                LIST,
                item -> List.of(item.type().name(), item.id()));
    }

    @PostMapping("/purge")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Empty the trash",
            description =
                    "Gives up the files of versions in the trash though their time has not come, for good. Files that no"
                            + " version names wait a day in quarantine unless skipQuarantine is sent; in either case a walk over all"
                            + " manifests has to miss them first. The result says how many bytes came back.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(examples = @ExampleObject(name = "now", value = RetentionExamples.PURGE)))
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result is a report, shaped as GET /gc/runs.")
    @Problems({
        ErrorCode.REASON_REQUIRED,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.NOT_TRASHED,
        ErrorCode.CIRCUIT_OPEN,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY
    })
    ResponseEntity<Operation> purge(
            @Valid @RequestBody(required = false) @Nullable PurgeBody body, Caller caller, PreferWait wait) {
        PurgeBody wanted = body == null ? PurgeBody.ALL : body;
        boolean skipQuarantine = Boolean.TRUE.equals(wanted.skipQuarantine());
        return answers.answer(runs.purge(wanted.ids(), skipQuarantine, caller.cause(wanted.neededReason())), wait);
    }
}
