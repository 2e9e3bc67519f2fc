package io.strandline.version;

import io.strandline.catalog.Snapshot;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.OutputMove;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore did.
 *
 * @param target the version brought back
 * @param previousHead where the head was, null when there was none
 * @param head where it is
 * @param safety what became of the safety snapshot, null when none was tried
 * @param started whether an instance runs from it
 * @param outputs output files that were taken back or brought back
 */
public record RestoreOutcome(
        Snapshot target,
        @Nullable Snapshot previousHead,
        Snapshot head,
        @Nullable CheckpointOutcome safety,
        boolean started,
        List<OutputMove> outputs) {

    public RestoreOutcome {
        outputs = List.copyOf(outputs);
    }
}
