package io.strandline.runner;

import java.util.List;

/**
 * Told what becomes of an instance and its attempts. Calls for one instance come in order and must not block.
 * What a listener does not care about it leaves out.
 */
public interface InstanceListener {

    /** Sources read records now. */
    default void running() {}

    /** At start, sinks took these files back because the version does not have them, or brought them back. */
    default void outputsReconciled(List<OutputMove> moves) {}

    /** An attempt began, moved on or ended; {@link AttemptReport#state} tells. */
    default void attempt(AttemptReport report) {}

    /** Input ended, the FINAL snapshot is a version and its sinks have committed. */
    default void finished() {}

    /** The instance is gone; whether to start another is the listener's to decide. */
    default void failed(FailureCause cause) {}
}
