package io.strandline.version.move;

import io.strandline.catalog.Snapshot;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.OutputMove;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a move did.
 *
 * @param target the version it was about, null when the head was taken away
 * @param previousHead where the head was, null when there was none
 * @param head where it is, null when there is none
 * @param tag the tag that keeps the old head, null when none was made
 * @param safety what became of the snapshots taken before
 * @param started whether an instance runs from it
 * @param outputs output files that were taken back or brought back
 */
public record MoveOutcome(
        @Nullable Snapshot target,
        @Nullable Snapshot previousHead,
        @Nullable Snapshot head,
        @Nullable String tag,
        List<Safety> safety,
        boolean started,
        List<OutputMove> outputs) {

    public MoveOutcome {
        safety = List.copyOf(safety);
        outputs = List.copyOf(outputs);
    }

    /** A snapshot that an instance was asked for before it was stopped. */
    public record Safety(String branch, CheckpointOutcome outcome) {}
}
