package io.strandline.inspect.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.lookup.Revision;
import io.strandline.inspect.Inspections;
import io.strandline.inspect.Inspections.Which;
import io.strandline.inspect.ManifestAnswer;
import io.strandline.inspect.Verifications;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.web.Caller;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
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

/** Looks inside versions. */
@RestController
@RequestMapping("/api/v1/jobs/{job}/snapshots/{rev}")
@Tag(name = "Inspect", description = "Look inside versions: state, files, the manifest, verification.")
@Problems({
    ErrorCode.JOB_NOT_FOUND,
    ErrorCode.SNAPSHOT_NOT_FOUND,
    ErrorCode.SNAPSHOT_TRASHED,
    ErrorCode.SNAPSHOT_PURGED,
    ErrorCode.INVALID_REVISION
})
class InspectionController {

    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final Inspections inspections;
    private final Verifications verifications;
    private final OperationAnswers answers;

    InspectionController(Inspections inspections, Verifications verifications, OperationAnswers answers) {
        this.inspections = inspections;
        this.verifications = verifications;
        this.answers = answers;
    }

    @GetMapping(
            value = "/manifest",
            produces = {OCI_MANIFEST, MediaType.APPLICATION_JSON_VALUE})
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Read a version's manifest",
            description = "The OCI manifest, byte for byte: its SHA-256 is the version's manifestDigest, also sent as"
                    + " Docker-Content-Digest and ETag.")
    @ApiResponse(
            responseCode = "200",
            description = "The manifest.",
            content = @Content(mediaType = OCI_MANIFEST, schema = @Schema(type = "object")))
    @Problems({ErrorCode.DAMAGED, ErrorCode.SNAPSHOT_LOST, ErrorCode.STORAGE_UNAVAILABLE})
    ResponseEntity<byte[]> manifest(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The version.", example = "latest") @PathVariable String rev,
            @Parameter(description = "The branch that latest is about.", example = "main")
                    @RequestParam(defaultValue = Branch.MAIN)
                    String branch) {
        ManifestAnswer answer = inspections.manifest(which(job, rev, branch));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(OCI_MANIFEST))
                .eTag(answer.digest())
                .header("Docker-Content-Digest", answer.digest())
                .header(
                        "Content-Location",
                        "/api/v1/jobs/" + job + "/snapshots/"
                                + answer.snapshot().id() + "/manifest")
                .body(answer.bytes());
    }

    @PostMapping(path = "/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Verify a version",
            description = "Checks that everything is still what was committed. The operation's result names each file"
                    + " that is not, its digest and what was found, every other version and branch that it breaks, and"
                    + " the nearest intact ancestor.")
    @ApiResponse(responseCode = "200", description = "It ended within Prefer: wait.")
    @ApiResponse(responseCode = "202", description = "It was accepted; follow Location.")
    @Problems(ErrorCode.TOO_MANY_REQUESTS)
    ResponseEntity<Operation> verify(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The version.", example = "latest") @PathVariable String rev,
            @Parameter(description = "The branch that latest is about.", example = "main")
                    @RequestParam(defaultValue = Branch.MAIN)
                    String branch,
            @Valid @RequestBody(required = false) @Nullable VerifyRequest body,
            PreferWait wait,
            Caller caller) {
        Level level = body == null ? Level.CHECKSUMS : body.levelOrDefault();
        Snapshot version = inspections.find(which(job, rev, branch));
        return answers.answer(verifications.accept(version, level, caller.cause(null)), wait);
    }

    private static Which which(String job, String rev, String branch) {
        return new Which(job, new Revision(rev), branch);
    }
}
