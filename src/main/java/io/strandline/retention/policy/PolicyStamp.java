package io.strandline.retention.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which saved policy of a level a plan was made by.
 *
 * @param jobId whose policy, null for the server's
 * @param version counts saves at that level, 0 when none is saved
 * @param savedAt when, null when none is saved
 */
public record PolicyStamp(
        @Nullable String jobId, long version, @Nullable Instant savedAt) {}
