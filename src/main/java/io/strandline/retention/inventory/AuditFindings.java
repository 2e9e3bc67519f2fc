package io.strandline.retention.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comparing the store with the catalog has found. */
@Schema(name = "GcAudit", description = "What comparing the store with the catalog has found.")
public record AuditFindings(
        @Schema(description = "Versions that were compared.")
        int versions,

        @Schema(description = "Files that they name, each once.")
        int files,

        @Schema(description = "Versions whose manifest is gone; flagged LOST.")
        int lostVersions,

        @Schema(description = "Versions with a broken manifest, or that lack a file; flagged DAMAGED.")
        int damagedVersions,

        @Schema(description = "Versions whose manifest and reference rows do not name the same files.")
        int disagreements,

        @Schema(description = "Manifests that no version has: left between a manifest and its entry.")
        int strayManifests,

        @Schema(description = "What was found, the first hundred.")
        List<Finding> findings) {

    public AuditFindings {
        findings = List.copyOf(findings);
    }

    /** One thing that is not as it should be. */
    @Schema(name = "GcAuditFinding", description = "One thing that is not as it should be.")
    public record Finding(
            Kind kind,
            @Schema(description = "The job's id.") String job,
            long number,

            @Schema(description = "The file, where it is about one.") @Nullable
            String file,

            String detail) {}

    /** What can be wrong. */
    public enum Kind {
        /** A manifest is gone. */
        LOST,
        /** A manifest is broken, or a file is missing or has another size. */
        DAMAGED,
        /** Manifest and reference rows differ. */
        DISAGREEMENT,
        /** A manifest of no version. */
        STRAY
    }
}
