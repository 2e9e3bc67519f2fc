package io.strandline.version.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Why a branch is brought back; the body may be absent. */
@Schema(name = "BranchReason", description = "Why, for the audit.")
record BranchReason(
        @Schema(description = "Why, for the audit.", example = "deleted by mistake") @Size(max = 1000) @Nullable
        String reason) {}
