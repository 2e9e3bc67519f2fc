package io.strandline.checkpoint.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A body that says why; it may be absent. */
@Schema(name = "UndeleteRequest", description = "Why, for the audit.")
record UndeleteBody(
        @Schema(description = "Why, for the audit.", example = "deleted by mistake") @Size(max = 1000) @Nullable
        String reason) {}
