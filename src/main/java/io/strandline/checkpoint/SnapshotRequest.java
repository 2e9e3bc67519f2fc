package io.strandline.checkpoint;

import io.strandline.snapshot.SnapshotMode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot somebody asks for; every field may be left out. */
@Schema(description = "The snapshot to take; every field may be left out.")
public record SnapshotRequest(
        @Schema(description = "The branch to take it on.", defaultValue = "main", example = "main") @Nullable
        String branch,

        @Schema(description = "FULL or INCREMENTAL; the pipeline's when left out.", example = "INCREMENTAL") @Nullable
        SnapshotMode mode,

        @Schema(description = "What it is for.", example = "before the schema change") @Size(max = 1000) @Nullable
        String description,

        @Schema(description = "Labels, any text to any text.", example = "{\"team\": \"ops\"}") @Nullable
        Map<String, String> labels,

        @Schema(description = "A tag to give it in the same step.", example = "before-v2") @Nullable
        String tag,

        @Schema(description = "A hold to place on it in the same step.") @Valid @Nullable
        HoldRequest hold,

        @Schema(description = "When to give it up; the pipeline's timeout when left out.", example = "PT1M") @Nullable
        Duration timeout,

        @Schema(description = "Why, for the audit.", example = "release 2.0") @Size(max = 1000) @Nullable
        String reason) {

    /** A periodic one's equal, taken now. */
    public static final SnapshotRequest DEFAULT = new SnapshotRequest(null, null, null, null, null, null, null, null);

    /** A hold that comes with it. */
    @Schema(name = "SnapshotHoldRequest")
    public record HoldRequest(
            @Schema(description = "Why it is held.", example = "audit 2026") @NotBlank @Size(max = 1000)
            String reason,

            @Schema(
                    description = "When the hold ends by itself; never when left out.",
                    example = "2027-01-01T00:00:00Z")
            @Nullable
            Instant expiresAt) {}

    String branchOr(String otherwise) {
        return branch == null ? otherwise : branch;
    }

    Map<String, String> labelsOrNone() {
        return labels == null ? Map.of() : labels;
    }
}
