package io.strandline.catalog;

import java.time.Instant;

/** A job's pipeline document as it was at some time: canonical JSON, numbered from 1. */
public record PipelineVersion(String jobId, int version, String document, Instant createdAt) {}
