package io.strandline.retention.policy;

import org.jspecify.annotations.Nullable;

/**
 * A change of a saved policy that waits to be confirmed.
 *
 * @param jobId whose policy, null for the server's
 * @param document the new one as canonical JSON, null to delete it
 */
public record PolicyEdit(@Nullable String jobId, @Nullable String document) {}
