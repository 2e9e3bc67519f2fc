package io.strandline.engine;

import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.connector.OutputMove;
import java.util.List;

/** Told what becomes of an instance, in order, by one of the engine's threads; must not block. */
public interface JobListener {

    /** Sinks brought their earlier output into agreement with the line that the instance starts from. */
    void outputsReconciled(List<OutputMove> moves);

    /** Everything is open and sources read. */
    void running();

    /** An attempt began, went on or ended. */
    void attempt(AttemptReport report);

    /** The instance has ended: no thread is in it, its state is closed. The last call. */
    void ended(JobEnd end);
}
