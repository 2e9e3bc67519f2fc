package io.strandline.inspect.web;

import io.strandline.inspect.diff.Diff;
import io.strandline.inspect.diff.DiffEntry;
import io.strandline.inspect.diff.Diffs;
import io.strandline.inspect.diff.Diffs.Accepted;
import io.strandline.inspect.diff.Diffs.EntryQuery;
import io.strandline.inspect.diff.Diffs.Made;
import io.strandline.inspect.diff.EntryPages.Place;
import io.strandline.inspect.diff.EntryPages.PlacedEntry;
import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.state.diff.Difference;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What two versions differ in. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/diffs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Diff", description = "Compare two versions: what was added, removed and changed, entry by entry.")
@Problems(ErrorCode.JOB_NOT_FOUND)
class DiffController {

    private static final String LIST = "diffs";
    private static final String ENTRIES = "diff-entries";
    private static final int PLACE_PARTS = 3;

    private final Diffs diffs;
    private final OperationAnswers answers;

    DiffController(Diffs diffs, OperationAnswers answers) {
        this.diffs = diffs;
        this.answers = answers;
    }

    @PostMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Compare two versions",
            description =
                    "Any two versions of the job, whichever branch, backend, mode or parallelism wrote them. Counts what was"
                            + " added, removed and changed, for each operator, state and key group. Files that both share at the"
                            + " oldest end are read only for keys that other files have. Where the columns of a state changed,"
                            + " those that both versions have are compared, widened where the later one is wider.")
    @AnsweredWhenDone
    @ApiResponse(
            responseCode = "201",
            description = "The diff.",
            content = @Content(schema = @Schema(implementation = Diff.class)))
    @ApiResponse(
            responseCode = "202",
            description = "There is more to compare: the operation, whose result is the diff.",
            content = @Content(schema = @Schema(implementation = Operation.class)))
    @Problems({
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.SNAPSHOT_LOST,
        ErrorCode.INVALID_REVISION,
        ErrorCode.OPERATOR_NOT_FOUND,
        ErrorCode.STATE_NOT_FOUND,
        ErrorCode.CONTRADICTORY_REQUEST,
        ErrorCode.DAMAGED,
        ErrorCode.STORAGE_UNAVAILABLE,
        ErrorCode.TOO_MANY_REQUESTS
    })
    ResponseEntity<?> make(
            @JobName @PathVariable String job, @Valid @RequestBody DiffBody body, PreferWait wait, Caller caller) {
        Diffs.Answer answer = diffs.make(job, body.request(), caller.cause(null));
        if (answer instanceof Made made) {
            URI location =
                    URI.create("/api/v1/jobs/" + job + "/diffs/" + made.diff().id());
            return ResponseEntity.created(location).body(made.diff());
        }
        return answers.answer(((Accepted) answer).operation(), wait);
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List diffs",
            description = "Those of the job that are still kept, newest first.")
    Page<Diff> list(@JobName @PathVariable String job, PageQuery page) {
        List<String> after = page.after(LIST, 1);
        List<Diff> found = diffs.list(job, after.isEmpty() ? null : after.get(0), page.fetchSize());
        return Page.of(found, page, LIST, diff -> List.of(diff.id()));
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Look at a diff",
            description = "The counts, as they were found.")
    @Problems(ErrorCode.DIFF_NOT_FOUND)
    Diff get(
            @JobName @PathVariable String job,
            @Parameter(description = "The diff's id.", example = "01990f3c-5a00-7abc-8def-0123456789ab") @PathVariable
                    String id) {
        return diffs.diff(job, id);
    }

    @GetMapping("/{id}/entries")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Page through what differs",
            description =
                    "Each key under which the versions hold something else, with both values: state by state, in the"
                            + " order of key group and encoded key. A page reads what it shows; both versions have to be there.")
    @Problems({
        ErrorCode.DIFF_NOT_FOUND,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.SNAPSHOT_LOST,
        ErrorCode.DAMAGED,
        ErrorCode.STORAGE_UNAVAILABLE
    })
    Page<DiffEntry> entries(
            @JobName @PathVariable String job,
            @Parameter(description = "The diff's id.", example = "01990f3c-5a00-7abc-8def-0123456789ab") @PathVariable
                    String id,
            @Parameter(description = "Only of this operator.", example = "by-origin")
                    @RequestParam(required = false)
                    @Nullable
                    String operator,
            @Parameter(description = "Only of states of this name.", example = "aggregates")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Only those of which this became.", example = "CHANGED")
                    @RequestParam(required = false)
                    Difference.@Nullable Type type,
            PageQuery page) {
        List<String> after = page.after(ENTRIES, PLACE_PARTS);
        Place place = after.isEmpty() ? null : new Place(after.get(0), after.get(1), after.get(2));
        EntryQuery query = new EntryQuery(operator, state, type, place, page.fetchSize());
        return Page.of(diffs.entries(job, id, query), page, ENTRIES, placed -> key(placed.place()))
                .map(PlacedEntry::entry);
    }

    private static List<String> key(Place place) {
        return List.of(place.operator(), place.state(), place.key());
    }
}
