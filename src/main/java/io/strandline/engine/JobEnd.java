package io.strandline.engine;

import io.strandline.engine.checkpoint.FailureCause;

/** How an instance ended. */
public sealed interface JobEnd {

    /** Input ended (or was drained), the FINAL snapshot is a version and sinks have committed it. */
    record Finished() implements JobEnd {}

    /** It was cancelled, or stopped by a FINAL snapshot that is a version. */
    record Stopped() implements JobEnd {}

    /** It failed. */
    record Failed(FailureCause cause) implements JobEnd {}
}
