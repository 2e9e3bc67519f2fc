package io.strandline.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A saved retention policy: the server's default ({@code jobId} null), a job's ({@code branch} null) or a branch's.
 *
 * @param document the policy as it was given, canonical JSON
 * @param version counts saves at that level, from 1
 */
public record Policy(
        @Nullable String jobId,
        @Nullable String branch,
        String document,
        long version,
        Instant savedAt,
        String savedBy) {

    public Policy {
        if (jobId == null && branch != null) {
            throw new IllegalArgumentException("a policy for branch " + branch + " of no job");
        }
    }

    /** Whose policy it is. */
    public Owner owner() {
        return new Owner(jobId, branch);
    }

    /**
     * Whom a policy rules.
     *
     * @param jobId null for the server: all jobs
     * @param branch null for all of the job's branches
     */
    public record Owner(@Nullable String jobId, @Nullable String branch) {

        /** The server: every branch of every job. */
        public static final Owner SERVER = new Owner(null, null);

        public Owner {
            if (jobId == null && branch != null) {
                throw new IllegalArgumentException("branch " + branch + " of no job");
            }
        }

        /** A job: all its branches. */
        public static Owner job(String jobId) {
            return new Owner(jobId, null);
        }

        /** One branch of a job. */
        public static Owner branch(String jobId, String branch) {
            return new Owner(jobId, branch);
        }

        /** Whether a policy of this level counts for a branch. */
        public boolean rules(String ofJob, @Nullable String ofBranch) {
            return (jobId == null || jobId.equals(ofJob)) && (branch == null || branch.equals(ofBranch));
        }
    }
}
