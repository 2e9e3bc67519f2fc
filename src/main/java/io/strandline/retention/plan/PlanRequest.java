package io.strandline.retention.plan;

import io.strandline.catalog.Policy;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.PolicyLevel;
import io.strandline.retention.PolicyReader;
import io.strandline.retention.policy.PolicyBook;
import io.strandline.retention.policy.PolicyEdit;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a plan is wanted for.
 *
 * @param jobs names of the jobs, null for all
 * @param override a policy laid over all levels, as sent; null for none
 * @param at the time to judge by, null for now
 * @param edit the policy change to confirm, null for none
 * @param clocks only versions of branches whose schedule one of these levels sets, null for all
 * @param by who asks
 */
public record PlanRequest(
        @Nullable List<String> jobs,
        @Nullable JsonNode override,
        @Nullable Instant at,
        @Nullable PolicyEdit edit,
        @Nullable Set<Policy.Owner> clocks,
        String by) {

    public PlanRequest {
        override = override == null || override.isNull() ? null : override;
        clocks = clocks == null ? null : Set.copyOf(clocks);
    }

    /** All jobs as they are now. */
    public static PlanRequest ofAll(String by) {
        return new PlanRequest(null, null, null, null, null, by);
    }

    /** What the schedule asks for when these levels' time has come. */
    static PlanRequest due(Set<Policy.Owner> clocks) {
        return new PlanRequest(null, null, null, null, clocks, "system");
    }

    /** Whether a job can have versions that are wanted. */
    boolean wants(String jobId, PolicyBook book) {
        return clocks == null
                || clocks.stream().anyMatch(clock -> jobId.equals(clock.jobId()))
                || clocks.contains(book.clockOf(Policy.Owner.job(jobId)));
    }

    /** Whether a version that goes by these schedules is wanted. */
    boolean wants(Set<Policy.Owner> schedules) {
        return clocks == null || schedules.stream().anyMatch(clocks::contains);
    }

    /** What {@link #override} says. */
    @Nullable
    PolicyDocument overriding() {
        return override == null ? null : PolicyReader.read(override, PolicyLevel.OVERRIDE, "/override");
    }
}
