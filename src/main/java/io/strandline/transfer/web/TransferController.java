package io.strandline.transfer.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.Revision;
import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.transfer.Export;
import io.strandline.transfer.Exports;
import io.strandline.transfer.ImportRequest;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands versions out as archives and takes them in. */
@RestController
@RequestMapping("/api/v1/jobs/{job}/snapshots")
@Tag(name = "Transfer", description = "Carry versions from one server or job to another.")
class TransferController {

    static final String TAR = "application/x-tar";

    private final Exports exports;
    private final ImportOperations imports;
    private final OperationAnswers answers;

    TransferController(Exports exports, ImportOperations imports, OperationAnswers answers) {
        this.exports = exports;
        this.imports = imports;
        this.answers = answers;
    }

    @GetMapping(value = "/{rev}/export", produces = TAR)
    @Operation(
            summary = "Export a version",
            description =
                    "The version as an OCI image layout in one tar archive: its manifest with the pipeline it ran,"
                            + " its signature if it has one, and all its files. The same version gives the same bytes, of the length"
                            + " that Content-Length says; a file that turns out damaged on the way breaks the answer off.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive.",
            content = @Content(mediaType = TAR, schema = @Schema(type = "string", format = "binary")))
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.INVALID_REVISION,
        ErrorCode.DAMAGED,
        ErrorCode.SNAPSHOT_LOST,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.STORAGE_UNAVAILABLE
    })
    ResponseEntity<Resource> export(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The version.", example = "latest") @PathVariable String rev,
            @Parameter(description = "The branch that latest is about.", example = "main")
                    @RequestParam(defaultValue = Branch.MAIN)
                    String branch) {
        Snapshot version = exports.find(job, new Revision(rev), branch);
        Export export = exports.of(job, version);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(TAR))
                .eTag(export.etag())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(export.getFilename())
                                .build()
                                .toString())
                .header(HttpHeaders.CONTENT_LOCATION, "/api/v1/jobs/" + job + "/snapshots/" + version.id() + "/export")
                .body(export);
    }

    @PostMapping(value = "/import", consumes = TAR, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Import a version",
            description =
                    "Takes an archive that an export wrote, from this server or another, and makes a version of kind IMPORTED"
                            + " of it, with an id and number of its own. The archive is read as it arrives, up to"
                            + " strandline.transfer.largest-archive, and every digest, size and type in it is checked before"
                            + " this is answered; the operation then decodes all state. Nothing can be seen before that is done."
                            + " A branch without a version goes on from it; elsewhere restore it with REVERT, or fork it. An"
                            + " Idempotency-Key covers the archive, too.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            description = "The archive.",
                            required = true,
                            content =
                                    @Content(
                                            mediaType = TAR,
                                            schema = @Schema(type = "string", format = "binary"),
                                            examples =
                                                    @ExampleObject(
                                                            name = "archive",
                                                            summary = "What an export gave out.",
                                                            externalValue =
                                                                    "/api/v1/jobs/flights/snapshots/latest/export"))))
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result is an ImportedVersion.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.INVALID_ARCHIVE,
        ErrorCode.ARCHIVE_TOO_LARGE,
        ErrorCode.INVALID_PIPELINE,
        ErrorCode.INCOMPATIBLE_STATE,
        ErrorCode.SIGNATURE_MISSING,
        ErrorCode.SIGNATURE_INVALID,
        ErrorCode.OPERATION_IN_PROGRESS,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.REQUEST_TIMEOUT,
        ErrorCode.STORAGE_FULL,
        ErrorCode.STORAGE_UNAVAILABLE,
        ErrorCode.READ_ONLY
    })
    ResponseEntity<io.strandline.operation.Operation> take(
            @Parameter(description = "The job it is to be in.", example = "flights-copy") @PathVariable String job,
            @Parameter(description = "The branch whose pipeline has to be able to run it.", example = "main")
                    @RequestParam(defaultValue = Branch.MAIN)
                    String branch,
            @Parameter(description = "Make the job of the archive's pipeline when there is none of that name.")
                    @RequestParam(defaultValue = "false")
                    boolean create,
            @Parameter(description = "What the version is for; where it comes from when absent.")
                    @RequestParam(required = false)
                    @Size(max = 1000)
                    @Nullable
                    String description,
            HttpServletRequest request,
            PreferWait wait)
            throws IOException {
        ImportRequest wanted = new ImportRequest(job, branch, create, description);
        return answers.answer(imports.submit(wanted, request), wait);
    }
}
