package io.strandline.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A saved retention policy: the server's default ({@code jobId} null) or a job's.
 *
 * @param document the policy as it was given, canonical JSON
 * @param version counts saves at that level, from 1
 */
public record Policy(@Nullable String jobId, String document, long version, Instant savedAt, String savedBy) {}
