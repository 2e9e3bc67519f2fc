package io.strandline.retention.web;

import io.strandline.retention.plan.PlanRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a plan is wanted for; may be absent. */
@Schema(name = "RetentionPlanRequest", description = "What a plan is wanted for; all jobs as they are now if absent.")
record PlanBody(
        @Schema(description = "Names of the jobs; all if absent.", example = "[\"flights\"]")
        @Size(max = 1000)
        @Nullable
        List<@NotNull String> jobs,

        @Schema(description = "A policy laid over all levels for this plan alone.", type = "object") @Nullable
        JsonNode override,

        @Schema(description = "Judge as of this time; such a plan cannot be applied.") @Nullable
        Instant at) {

    PlanRequest request(String by) {
        return new PlanRequest(jobs, override, at, null, null, by);
    }
}
