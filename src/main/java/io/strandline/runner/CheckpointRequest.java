package io.strandline.runner;

import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot somebody asked for.
 *
 * @param requestId ties the outcome to who asked (an operation's id); empty for a periodic one
 * @param kind MANUAL, SAFETY or FINAL
 * @param mode overrides the pipeline's, null to keep it
 * @param timeout overrides the pipeline's, null to keep it
 */
public record CheckpointRequest(
        String requestId,
        SnapshotKind kind,
        @Nullable SnapshotMode mode,
        @Nullable Duration timeout) {}
