package io.strandline.retention.gc;

import io.strandline.retention.inventory.AuditFindings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report of one garbage collection run. */
@Schema(name = "GcRun", description = "What a garbage collection run did, or in a dry run would have done.")
public record GcRun(
        @Schema(description = "Its id; ids sort by time.") String id,
        @Schema(description = "What it was to do.") Mode mode,

        @Schema(description = "Who asked for it; system for the schedule.")
        String startedBy,

        Instant startedAt,
        Instant endedAt,
        @Schema(description = "How it ended.") Outcome outcome,

        @Schema(description = "What was found wrong when it was refused.") @Nullable
        String detail,

        @Schema(description = "Versions whose files were given up.")
        int purgedVersions,

        @Schema(description = "Jobs that are gone for good; their names are free.")
        int purgedJobs,

        @Schema(description = "Versions that stay in the trash though they were asked for, each with the reason.")
        List<String> skipped,

        @Schema(description = "Files that nobody names and that went into quarantine.")
        int condemnedFiles,

        long condemnedBytes,

        @Schema(description = "Files that nobody names but that are being read or written; the next run looks again.")
        int pinnedFiles,

        @Schema(description = "Files unlinked for good.") int deletedFiles,

        @Schema(description = "Bytes that came back to the file system.")
        long freedBytes,

        @Schema(description = "Files that stay in quarantine.")
        int quarantinedFiles,

        long quarantinedBytes,

        @Schema(description = "Live files that no version names: of attempts under way, or left by a fault.")
        int unknownFiles,

        long unknownBytes,

        @Schema(description = "Manifests the second witness has heard.")
        int manifestsRead,

        @Schema(description = "In an AUDIT what comparing the stores with the catalog has found.") @Nullable
        AuditFindings audit) {

    public GcRun {
        skipped = List.copyOf(skipped);
    }

    /** Whether it changed anything worth telling. */
    boolean isWorthKeeping() {
        return outcome == Outcome.REFUSED
                || purgedVersions > 0
                || purgedJobs > 0
                || condemnedFiles > 0
                || deletedFiles > 0
                || audit != null;
    }

    /** What a run is to do. */
    public enum Mode {
        /** Look, and tell what would go. */
        DRY_RUN,
        /** Look, and compare all manifests, files and reference rows; flag versions that lack something. */
        AUDIT,
        /** Purge what is due, condemn, unlink. */
        DELETE
    }

    /** How a run ended. */
    public enum Outcome {
        DONE,
        /** The witnesses disagreed or something could not be read; nothing was unlinked. */
        REFUSED
    }
}
