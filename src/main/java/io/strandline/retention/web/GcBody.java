package io.strandline.retention.web;

import io.strandline.retention.gc.GcRun;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a run is to do; may be absent. */
@Schema(name = "GcRunRequest", description = "What a run is to do; a dry run if absent.")
record GcBody(
        @Schema(
                description =
                        "DRY_RUN looks and tells, AUDIT also compares every manifest, file and reference row, DELETE acts; DRY_RUN if absent.")
        GcRun.@Nullable Mode mode,

        @Schema(
                description =
                        "Put live files into quarantine that no version names and nobody uses; else only count them.")
        @Nullable
        Boolean quarantineUnknown,

        @Schema(description = "Why, for the audit.") @Size(max = 1000) @Nullable
        String reason) {

    static final GcBody DRY_RUN = new GcBody(null, null, null);

    GcRun.Mode modeOrDefault() {
        return mode == null ? GcRun.Mode.DRY_RUN : mode;
    }
}
