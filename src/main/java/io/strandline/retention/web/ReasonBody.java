package io.strandline.retention.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Nothing but a reason; may be absent. */
@Schema(name = "QuarantineRestoreRequest", description = "Why a file is brought back.")
record ReasonBody(
        @Schema(description = "Why, for the audit.") @Size(max = 1000) @Nullable
        String reason) {}
