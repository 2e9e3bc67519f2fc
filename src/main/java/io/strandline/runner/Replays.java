package io.strandline.runner;

import io.strandline.snapshot.SourcePosition;
import java.util.List;

/** Tells whether the sources of jobs still have what a version would read again. Only looks. */
public interface Replays {

    /** The sources of a job under one of its pipelines. */
    Sources of(String jobId, String pipeline);

    /** Sources that may be asked about many versions. */
    interface Sources {

        /**
         * A sentence for each source that cannot go on from these positions, because what comes after them has been removed or
         * trimmed, or was cut off before them; empty when all can.
         */
        List<String> missing(List<SourcePosition> positions);
    }
}
