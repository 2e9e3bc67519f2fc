package io.strandline.checkpoint.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.VersionOutlook;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.checkpoint.Description;
import io.strandline.checkpoint.Snapshots;
import io.strandline.checkpoint.VersionDetail.ListedVersion;
import io.strandline.problem.ErrorCode;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.ETag;
import io.strandline.web.IfMatch;
import io.strandline.web.JobName;
import io.strandline.web.MergePatch;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.strandline.web.VersionKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Versions: list, look at, describe, delete, bring back. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/snapshots", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Snapshots", description = "Versions of a job's state: list, look at, describe, delete, bring back.")
class SnapshotController {

    private static final String LIST = "snapshots";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final NamedJobs jobs;
    private final Revisions revisions;
    private final Snapshots snapshots;
    private final VersionOutlook outlook;
    private final JsonMapper json;

    SnapshotController(
            NamedJobs jobs, Revisions revisions, Snapshots snapshots, VersionOutlook outlook, JsonMapper json) {
        this.jobs = jobs;
        this.revisions = revisions;
        this.snapshots = snapshots;
        this.outlook = outlook;
        this.json = json;
    }

    @GetMapping
    @Operation(
            summary = "List versions",
            description = "Versions of all branches, COMPLETED unless asked; newest first.")
    @Problems(ErrorCode.JOB_NOT_FOUND)
    Page<SnapshotResponse> list(
            @JobName @PathVariable String job, @ParameterObject SnapshotFilter filter, PageQuery page) {
        Job found = jobs.named(job);
        List<ListedVersion> versions = snapshots.list(filter.query(found, page, LIST));
        return Page.of(
                        versions,
                        page,
                        LIST,
                        listed -> List.of(Long.toString(listed.version().number())))
                .map(listed -> SnapshotResponse.of(found, listed));
    }

    @GetMapping("/{rev}")
    @Operation(
            summary = "Look at a version",
            description =
                    "A version by any revision expression, with its source positions, its operators and their states,"
                            + " and what holds it.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.STORAGE_UNAVAILABLE
    })
    ResponseEntity<SnapshotDetailResponse> get(
            @JobName @PathVariable String job,
            @Parameter(description = "A revision.", example = "main~1") @PathVariable String rev,
            @Parameter(description = "The branch that latest is about.") @RequestParam(defaultValue = Branch.MAIN)
                    String branch) {
        Job found = jobs.named(job);
        Snapshot version = revisions.resolve(found, new Revision(rev), branch);
        return ResponseEntity.ok()
                .eTag(etag(version).value())
                .body(SnapshotDetailResponse.of(found, snapshots.detail(version)));
    }

    @GetMapping("/{rev}/lineage")
    @Operation(
            summary = "Follow a version's lineage",
            description =
                    "Ancestors from parent to parent, or all that descend from it. Purged versions stay in the line as"
                            + " tombstones.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.SNAPSHOT_NOT_FOUND, ErrorCode.INVALID_REVISION})
    LineageResponse lineage(
            @JobName @PathVariable String job,
            @Parameter(description = "A revision.", example = "main") @PathVariable String rev,
            @Parameter(description = "Which way.") @RequestParam(defaultValue = "ANCESTORS")
                    Snapshots.Direction direction,
            @Parameter(description = "How many steps, at most 500.")
                    @RequestParam(defaultValue = "20")
                    @Min(1)
                    @Max(500)
                    int depth) {
        Job found = jobs.named(job);
        Snapshot version = revisions.resolve(found, new Revision(rev), Branch.MAIN);
        return LineageResponse.of(
                found, version.id().toString(), direction, snapshots.lineage(version, direction, depth));
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    @Operation(
            summary = "Describe a version",
            description = "Changes labels and description by a JSON merge patch: fields replace, null removes.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            value =
                                                    "{\"labels\": {\"team\": \"ops\", \"old\": null}, \"description\": \"before v2\"}")))
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<SnapshotResponse> describe(
            @JobName @PathVariable String job,
            @VersionKey @PathVariable String id,
            @RequestBody MergePatch patch,
            IfMatch ifMatch,
            Caller caller) {
        Job found = jobs.named(job);
        Snapshot version = revisions.target(found, new Revision(id));
        ifMatch.check(etag(version));
        Description wanted =
                patch.applyTo(new Description(version.labels(), version.description()), Description.class, json);
        ListedVersion described = snapshots.describe(found, version, wanted, caller.cause(null));
        return ResponseEntity.ok().eTag(etag(described.version()).value()).body(SnapshotResponse.of(found, described));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Delete a version",
            description =
                    "Moves a version to the trash. Heads, tags, holds and running instances that went on from it stand in"
                            + " the way; each is named in blockers with the call that releases it.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.PROTECTED,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    SnapshotResponse delete(
            @JobName @PathVariable String job,
            @VersionKey @PathVariable String id,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            Caller caller) {
        Job found = jobs.named(job);
        Snapshot version = revisions.target(found, new Revision(id));
        ifMatch.check(etag(version));
        return SnapshotResponse.of(found, snapshots.delete(found, version, caller.cause(reason)));
    }

    @PostMapping("/{id}/undelete")
    @Operation(
            summary = "Bring a version back",
            description =
                    "Takes a version out of the trash with its labels, tags and holds, and places a hold of a week so that"
                            + " no policy takes it again at once.")
    @ApiResponse(responseCode = "200", description = "The version.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.NOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    SnapshotResponse undelete(
            @JobName @PathVariable String job,
            @VersionKey @PathVariable String id,
            @RequestBody(required = false) @Nullable UndeleteBody body,
            Caller caller) {
        Job found = jobs.named(job);
        Snapshot version = revisions.target(found, new Revision(id));
        return SnapshotResponse.of(
                found, snapshots.undelete(found, version, caller.cause(body == null ? null : body.reason())));
    }

    private static ETag etag(Snapshot version) {
        return ETag.of(version.id(), new TreeMap<>(version.labels()), version.description(), version.state());
    }
}
