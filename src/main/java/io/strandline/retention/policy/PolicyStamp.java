package io.strandline.retention.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.strandline.catalog.Policy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which saved policy of a level a plan was made by.
 *
 * @param jobId whose policy, null for the server's
 * @param branch of which branch, null for a job's or the server's
 * @param version counts saves at that level, 0 when none is saved
 * @param savedAt when, null when none is saved
 */
public record PolicyStamp(
        @Nullable String jobId,
        @Nullable String branch,
        long version,
        @Nullable Instant savedAt) {

    /** Of a level where this is saved, null for nothing. */
    static PolicyStamp of(Policy.Owner owner, @Nullable Policy saved) {
        return new PolicyStamp(
                owner.jobId(),
                owner.branch(),
                saved == null ? 0 : saved.version(),
                saved == null ? null : saved.savedAt());
    }

    /** Whose policy it was. */
    @JsonIgnore
    public Policy.Owner owner() {
        return new Policy.Owner(jobId, branch);
    }
}
