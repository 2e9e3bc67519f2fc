package io.strandline.retention.plan;

import io.strandline.retention.PolicyDocument;
import io.strandline.retention.PolicyLevel;
import io.strandline.retention.PolicyReader;
import io.strandline.retention.policy.PolicyEdit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a plan is wanted for.
 *
 * @param jobs names of the jobs, null for all
 * @param override a policy laid over all levels, as sent; null for none
 * @param at the time to judge by, null for now
 * @param edit the policy change to confirm, null for none
 * @param by who asks
 */
public record PlanRequest(
        @Nullable List<String> jobs,
        @Nullable JsonNode override,
        @Nullable Instant at,
        @Nullable PolicyEdit edit,
        String by) {

    public PlanRequest {
        override = override == null || override.isNull() ? null : override;
    }

    /** All jobs as they are now. */
    public static PlanRequest ofAll(String by) {
        return new PlanRequest(null, null, null, null, by);
    }

    /** What {@link #override} says. */
    @Nullable
    PolicyDocument overriding() {
        return override == null ? null : PolicyReader.read(override, PolicyLevel.OVERRIDE, "/override");
    }
}
