package io.strandline.version.web;

import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.problem.ErrorCode;
import io.strandline.version.HoldRequest;
import io.strandline.version.Holds;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.strandline.web.VersionKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Holds. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/snapshots/{id}/holds", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Holds", description = "Keep versions from being deleted, each with a reason.")
class HoldController {

    private static final String LIST = "holds";

    private final NamedJobs jobs;
    private final Revisions revisions;
    private final Holds holds;

    HoldController(NamedJobs jobs, Revisions revisions, Holds holds) {
        this.jobs = jobs;
        this.revisions = revisions;
        this.holds = holds;
    }

    @PostMapping
    @Operation(
            summary = "Hold a version",
            description = "Keeps a version from being deleted until the hold is released or ends.")
    @ApiResponse(responseCode = "201", description = "The hold.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.NOT_DURABLE,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<HoldResponse> place(
            @JobName @PathVariable String job,
            @VersionKey @PathVariable String id,
            @Valid @RequestBody HoldRequest request,
            Caller caller) {
        Job found = jobs.live(job);
        Snapshot version = revisions.target(found, new Revision(id));
        Hold hold = holds.place(found, version, request, caller.cause(request.reason()));
        return placed(found, hold);
    }

    static ResponseEntity<HoldResponse> placed(Job job, Hold hold) {
        URI location =
                URI.create("/api/v1/jobs/" + job.name() + "/snapshots/" + hold.snapshot() + "/holds/" + hold.id());
        return ResponseEntity.created(location).body(HoldResponse.of(hold));
    }

    @GetMapping
    @Operation(summary = "List a version's holds", description = "Holds of people and of the server, newest first.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.SNAPSHOT_NOT_FOUND, ErrorCode.INVALID_REVISION})
    Page<HoldResponse> list(@JobName @PathVariable String job, @VersionKey @PathVariable String id, PageQuery page) {
        List<String> after = page.after(LIST, 1);
        List<Hold> rest = holds.list(revisions.target(jobs.named(job), new Revision(id))).stream()
                .filter(hold -> after.isEmpty() || hold.id().compareTo(after.get(0)) < 0)
                .limit(page.fetchSize())
                .toList();
        return Page.of(rest, page, LIST, hold -> List.of(hold.id())).map(HoldResponse::of);
    }

    @DeleteMapping("/{hold}")
    @Operation(
            summary = "Release a hold",
            description = "Releases a person's hold. Those of the server go when what they serve is done.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.HOLD_NOT_FOUND,
        ErrorCode.SYSTEM_HOLD,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<Void> release(
            @JobName @PathVariable String job,
            @VersionKey @PathVariable String id,
            @Parameter(description = "The hold's id.", example = "019a2f5e-3a51-7cc4-9d3e-2f6f5a0b7c11") @PathVariable
                    String hold,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            Caller caller) {
        Job found = jobs.named(job);
        Snapshot version = revisions.target(found, new Revision(id));
        holds.release(found, version, hold, caller.cause(reason));
        return ResponseEntity.noContent().build();
    }
}
