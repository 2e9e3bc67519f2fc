package io.strandline.runner;

import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Output that jobs have let go of, as far as it concerns versions besides the one a start goes on from. */
public interface OutputStore {

    /** The sinks of a pipeline that cannot take back what they have shown. */
    List<String> irrevocableSinks(String pipeline);

    /**
     * Deletes output of a job that was taken back and whose version is gone.
     *
     * @param places where it may be
     * @param gone whether what a branch's attempt of some number made has gone with its version
     * @return how many files went
     */
    int release(String jobId, OutputPlaces places, BiPredicate<String, Long> gone);

    /**
     * Records that were put aside on a branch, those of the newest part first.
     *
     * @param pipeline the document whose sources and operators say where
     * @param after where an earlier list ended, null for the beginning
     */
    List<DeadLetter> deadLetters(String branch, String pipeline, DeadLetter.@Nullable Place after, int limit);

    /**
     * Deletes what waits to be shown by the sinks of a job that is gone, and lets other jobs have the directories it wrote to.
     *
     * @param places where those may be
     */
    void forget(String jobId, OutputPlaces places);
}
