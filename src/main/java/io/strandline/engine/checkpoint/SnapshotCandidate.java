package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotKind;
import java.time.Instant;

/**
 * A finished attempt that wants to be a version.
 *
 * @param requestId who asked, empty for one the engine asked for itself
 * @param kind why it was taken
 * @param startedAt when it was triggered
 * @param content what it holds; every file durable and pinned
 */
public record SnapshotCandidate(String requestId, SnapshotKind kind, Instant startedAt, SnapshotContent content) {}
