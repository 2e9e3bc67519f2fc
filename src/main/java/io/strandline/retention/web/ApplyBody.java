package io.strandline.retention.web;

import io.strandline.retention.plan.ApplyRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** How a plan is to be applied; may be absent. */
@Schema(name = "RetentionPlanApplication", description = "How a plan is to be applied.")
record ApplyBody(
        @Schema(description = "What to do about items that have changed since; SKIP_CHANGED if absent.")
        ApplyRequest.@Nullable Mode mode,

        @Schema(description = "Apply it although the clock is suspect; needs a reason.") @Nullable
        Boolean force,

        @Schema(description = "Why, for the audit.", example = "weekly clean-up") @Size(max = 1000) @Nullable
        String reason) {

    ApplyRequest request() {
        return new ApplyRequest(
                mode == null ? ApplyRequest.Mode.SKIP_CHANGED : mode, Boolean.TRUE.equals(force), reason);
    }
}
