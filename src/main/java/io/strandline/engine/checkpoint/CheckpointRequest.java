package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that is wanted.
 *
 * @param requestId ties the outcome to who asked, unique; empty for those the engine asks for itself
 * @param kind PERIODIC, MANUAL, SAFETY, or FINAL: sources stop at its barrier, and when it is complete the instance ends
 * @param mode null for the one in the settings
 * @param timeout null for the one in the settings
 */
public record CheckpointRequest(
        String requestId,
        SnapshotKind kind,
        @Nullable SnapshotMode mode,
        @Nullable Duration timeout) {

    /** A request of the engine's own. */
    static CheckpointRequest own(SnapshotKind kind) {
        return new CheckpointRequest("", kind, null, null);
    }
}
