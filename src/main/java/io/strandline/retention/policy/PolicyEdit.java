package io.strandline.retention.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.strandline.catalog.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A change of a saved policy that waits to be confirmed.
 *
 * @param jobId whose policy, null for the server's
 * @param branch of which branch, null for a job's or the server's
 * @param document the new one as canonical JSON, null to delete it
 */
public record PolicyEdit(
        @Nullable String jobId,
        @Nullable String branch,
        @Nullable String document) {

    public PolicyEdit(Policy.Owner owner, @Nullable String document) {
        this(owner.jobId(), owner.branch(), document);
    }

    /** Whose policy it changes. */
    @JsonIgnore
    public Policy.Owner owner() {
        return new Policy.Owner(jobId, branch);
    }
}
