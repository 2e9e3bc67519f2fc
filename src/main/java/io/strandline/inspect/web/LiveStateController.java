package io.strandline.inspect.web;

import io.strandline.catalog.Branch;
import io.strandline.inspect.LiveStates;
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

/** Looks into the state of running jobs. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/state", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Inspect")
@Problems({
    ErrorCode.JOB_NOT_FOUND,
    ErrorCode.BRANCH_NOT_FOUND,
    ErrorCode.NOT_RUNNING,
    ErrorCode.SNAPSHOT_NOT_FOUND,
    ErrorCode.DAMAGED,
    ErrorCode.SNAPSHOT_LOST,
    ErrorCode.STORAGE_UNAVAILABLE
})
class LiveStateController {

    private final LiveStates states;

    LiveStateController(LiveStates states) {
        this.states = states;
    }

    @GetMapping
    @Operation(
            summary = "List a running job's state",
            description =
                    "Every state of every operator as the newest version of the branch has it; the answer says which"
                            + " version that is and how old.")
    StatesAnswer list(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "Whether to count the entries of each key group, which reads all of them.")
                    @RequestParam(defaultValue = "false")
                    boolean counted,
            @Parameter(description = "The branch.", example = "main") @RequestParam(defaultValue = Branch.MAIN)
                    String branch) {
        return states.states(job, branch, counted);
    }

    @GetMapping("/{operator}/{state}")
    @Operation(
            summary = "Look into a state of a running job",
            description =
                    "With key, what the operator holds under it right now, looked up between two of its steps; the"
                            + " stream goes on. Else a page of the newest version's entries, which says which version that is and how"
                            + " old.")
    @Problems({
        ErrorCode.OPERATOR_NOT_FOUND,
        ErrorCode.STATE_NOT_FOUND,
        ErrorCode.KEY_NOT_FOUND,
        ErrorCode.INVALID_KEY,
        ErrorCode.CONTRADICTORY_REQUEST,
        ErrorCode.LOOKUP_TIMEOUT,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED
    })
    StateView look(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The operator.", example = "by-origin") @PathVariable String operator,
            @Parameter(description = "Its state.", example = "aggregates") @PathVariable String state,
            @ParameterObject KeyOrPage asked,
            PageQuery page) {
        String branch = asked.branchOrMain();
        String key = asked.key();
        if (key == null) {
            return states.page(job, branch, operator, state, asked.prefix(), page);
        }
        asked.requireKeyAlone(page);
        return states.lookup(job, branch, operator, state, key);
    }
}
