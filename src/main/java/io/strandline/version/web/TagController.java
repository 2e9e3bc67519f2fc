package io.strandline.version.web;

import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.problem.ErrorCode;
import io.strandline.version.TagRequest;
import io.strandline.version.Tags;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.ETag;
import io.strandline.web.IfMatch;
import io.strandline.web.JobName;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tags. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/tags", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tags", description = "Names for versions that never move.")
class TagController {

    private static final String LIST = "tags";

    private final NamedJobs jobs;
    private final Tags tags;

    TagController(NamedJobs jobs, Tags tags) {
        this.jobs = jobs;
        this.tags = tags;
    }

    @GetMapping
    @Operation(summary = "List tags", description = "A job's tags that have not expired, newest first.")
    @Problems(ErrorCode.JOB_NOT_FOUND)
    Page<TagResponse> list(@JobName @PathVariable String job, PageQuery page) {
        @Nullable Place after = page.after(LIST, 2, key -> new Place(Instant.parse(key.get(0)), key.get(1)));
        List<io.strandline.catalog.Tag> rest = tags.list(jobs.named(job)).stream()
                .filter(tag -> after == null || after.isBefore(tag))
                .limit(page.fetchSize())
                .toList();
        return Page.of(rest, page, LIST, TagController::key).map(TagResponse::of);
    }

    @GetMapping("/{name}")
    @Operation(summary = "Look at a tag", description = "A tag and the version it names.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.TAG_NOT_FOUND})
    ResponseEntity<TagResponse> get(
            @JobName @PathVariable String job,
            @Parameter(description = "The tag's name.", example = "before-v2") @PathVariable String name) {
        io.strandline.catalog.Tag tag = tags.get(jobs.named(job), name);
        return ResponseEntity.ok().eTag(etag(tag).value()).body(TagResponse.of(tag));
    }

    @PutMapping("/{name}")
    @Operation(
            summary = "Make a tag",
            description =
                    "Names a version. 201 for a new tag, 200 when just this tag is there already, 409 when the name has"
                            + " another meaning: a tag never moves.")
    @ApiResponse(responseCode = "200", description = "Just this tag was there already.")
    @ApiResponse(responseCode = "201", description = "The new tag.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.INVALID_REVISION,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.INVALID_NAME,
        ErrorCode.TAG_EXISTS,
        ErrorCode.NAME_TAKEN,
        ErrorCode.NOT_DURABLE,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<TagResponse> put(
            @JobName @PathVariable String job,
            @Parameter(description = "The tag's name.", example = "before-v2") @PathVariable String name,
            @Valid @RequestBody TagRequest request,
            Caller caller) {
        Job found = jobs.live(job);
        Tags.Placed placed = tags.put(found, name, request, caller.cause(request.reason()));
        URI location = URI.create("/api/v1/jobs/" + found.name() + "/tags/" + name);
        ResponseEntity.BodyBuilder answer = placed.created() ? ResponseEntity.created(location) : ResponseEntity.ok();
        return answer.eTag(etag(placed.tag()).value()).body(TagResponse.of(placed.tag()));
    }

    @DeleteMapping("/{name}")
    @Operation(summary = "Delete a tag", description = "Deletes the name; the version stays, protected no more by it.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.TAG_NOT_FOUND,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<Void> delete(
            @JobName @PathVariable String job,
            @Parameter(description = "The tag's name.", example = "before-v2") @PathVariable String name,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            Caller caller) {
        Job found = jobs.named(job);
        ifMatch.check(etag(tags.get(found, name)));
        tags.delete(found, name, caller.cause(reason));
        return ResponseEntity.noContent().build();
    }

    /** A place in the list: newest first, those of one moment by name. */
    private record Place(Instant createdAt, String name) {

        boolean isBefore(io.strandline.catalog.Tag tag) {
            int byTime = tag.createdAt().compareTo(createdAt);
            return byTime < 0 || byTime == 0 && tag.name().compareTo(name) > 0;
        }
    }

    private static List<String> key(io.strandline.catalog.Tag tag) {
        return List.of(tag.createdAt().toString(), tag.name());
    }

    private static ETag etag(io.strandline.catalog.Tag tag) {
        return ETag.of(tag.name(), tag.snapshot(), tag.createdAt());
    }
}
