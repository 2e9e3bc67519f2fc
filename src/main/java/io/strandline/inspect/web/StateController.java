package io.strandline.inspect.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.strandline.inspect.Inspections;
import io.strandline.inspect.Inspections.Which;
import io.strandline.inspect.StateView;
import io.strandline.inspect.StatesAnswer;
import io.strandline.problem.ErrorCode;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Looks into the state of versions. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/snapshots/{rev}/state", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Inspect")
@Problems({
    ErrorCode.JOB_NOT_FOUND,
    ErrorCode.SNAPSHOT_NOT_FOUND,
    ErrorCode.SNAPSHOT_TRASHED,
    ErrorCode.SNAPSHOT_PURGED,
    ErrorCode.INVALID_REVISION,
    ErrorCode.DAMAGED,
    ErrorCode.SNAPSHOT_LOST,
    ErrorCode.STORAGE_UNAVAILABLE
})
class StateController {

    private final Inspections inspections;

    StateController(Inspections inspections) {
        this.inspections = inspections;
    }

    @GetMapping
    @Operation(
            summary = "List a version's state",
            description = "Every state of every operator: what its keys and values are, its files and their bytes. How"
                    + " many entries it has is known without reading them only as an upper bound; with counted=true they are"
                    + " read and counted by key group.")
    StatesAnswer list(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The version.", example = "latest") @PathVariable String rev,
            @Parameter(description = "Whether to count the entries of each key group, which reads all of them.")
                    @RequestParam(defaultValue = "false")
                    boolean counted,
            @Parameter(description = "The branch that latest is about.", example = "main")
                    @RequestParam(defaultValue = Branch.MAIN)
                    String branch) {
        return inspections.states(which(job, rev, branch), counted);
    }

    @GetMapping("/{operator}/{state}")
    @Operation(
            summary = "Look into a state of a version",
            description =
                    "With key, what the state holds under it: its value, or for windowed state one for each window."
                            + " Else a page of its entries in the order of their keys, column by column, whatever key group they fall"
                            + " into (text in the order of its UTF-8 bytes), then of their windows; timers in the order of their"
                            + " times. A page that follows another is of the same version. The running job is not disturbed.")
    @Problems({
        ErrorCode.OPERATOR_NOT_FOUND,
        ErrorCode.STATE_NOT_FOUND,
        ErrorCode.KEY_NOT_FOUND,
        ErrorCode.INVALID_KEY,
        ErrorCode.CONTRADICTORY_REQUEST
    })
    StateView look(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The version.", example = "latest") @PathVariable String rev,
            @Parameter(description = "The operator.", example = "by-origin") @PathVariable String operator,
            @Parameter(description = "Its state.", example = "aggregates") @PathVariable String state,
            @ParameterObject KeyOrPage asked,
            PageQuery page) {
        Which which = which(job, rev, asked.branchOrMain());
        String key = asked.key();
        if (key == null) {
            return inspections.page(which, operator, state, asked.prefix(), page);
        }
        asked.requireKeyAlone(page);
        return inspections.lookup(which, operator, state, key);
    }

    private static Which which(String job, String rev, String branch) {
        return new Which(job, new Revision(rev), branch);
    }
}
