package io.strandline.retention.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.problem.ErrorCode;
import io.strandline.retention.policy.Explanation;
import io.strandline.retention.policy.Explanations;
import io.strandline.web.JobName;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a version stays or goes. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/snapshots", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Retention")
class ExplanationController {

    private final NamedJobs jobs;
    private final Revisions revisions;
    private final Explanations explanations;

    ExplanationController(NamedJobs jobs, Revisions revisions, Explanations explanations) {
        this.jobs = jobs;
        this.revisions = revisions;
        this.explanations = explanations;
    }

    @GetMapping("/{rev}/retention")
    @Operation(
            summary = "Explain what becomes of a version",
            description =
                    "What protects it, which rules keep it and in which place, why the others do not, and when it goes.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.SNAPSHOT_PURGED
    })
    Explanation explain(
            @JobName @PathVariable String job,
            @Parameter(description = "A revision.", example = "main~3") @PathVariable String rev,
            @Parameter(description = "Judge today's history as of this time.", example = "2026-12-24T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant at) {
        Job found = jobs.named(job);
        return explanations.explain(revisions.resolve(found, new Revision(rev), Branch.MAIN), at);
    }
}
