package io.strandline.transfer.web;

import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version that came out of an archive. */
@Schema(name = "ImportedVersion", description = "A version that came out of an archive.")
record ImportResponse(
        @Schema(description = "The job it is in.", example = "flights")
        String job,

        @Schema(description = "The new version.") VersionRef snapshot,

        @Schema(description = "Whether its branch goes on from it.")
        boolean head,

        @Schema(description = "Its pipeline, by its number in the job.", example = "1")
        int pipelineVersion,

        @Schema(description = "SHA-256 of the manifest it was in the archive.") @Nullable
        String importedFrom,

        @Schema(description = "SHA-256 of its manifest here.")
        String manifestDigest,

        @Schema(description = "Proof of its logical content: the same as where it comes from.") @Nullable
        String stateDigest,

        @Schema(description = "Bytes of all its files.", example = "1048576")
        long totalBytes,

        @Schema(description = "Bytes of files that this server did not have.", example = "4096")
        long newBytes) {

    /** A version by id and number. */
    @Schema(name = "ImportedVersionRef", description = "A version by id and number.")
    record VersionRef(
            @Schema(description = "Its id.", example = "01990f3c-5a00-7abc-8def-0123456789ab")
            String id,

            @Schema(description = "Its number within the job.", example = "1")
            long number) {}

    static ImportResponse of(Job job, Snapshot version, boolean head) {
        return new ImportResponse(
                job.name(),
                new VersionRef(version.id().toString(), version.number()),
                head,
                version.pipelineVersion(),
                version.importedFrom(),
                version.manifestDigest(),
                version.stateDigest(),
                version.totalBytes(),
                version.newBytes());
    }
}
