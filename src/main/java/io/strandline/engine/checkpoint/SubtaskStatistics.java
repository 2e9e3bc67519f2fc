package io.strandline.engine.checkpoint;

/**
 * One subtask's share of an attempt.
 *
 * @param vertex name of the first vertex in the subtask's chain
 * @param subtask index, from 0
 * @param startDelayNanos from the trigger to the first barrier
 * @param alignmentNanos from the first barrier to the last, or until they were waited for no longer
 * @param freezeNanos the synchronous part
 * @param asyncNanos from the freeze to the acknowledgement
 * @param processedInFlightBytes about how many bytes of rows were worked on while it waited for barriers
 * @param persistedInFlightBytes bytes of rows that the barrier overtook, which are in the snapshot
 * @param dirtyEntries entries written
 * @param newBytes bytes written
 * @param totalBytes bytes of the subtask's state in the version
 */
public record SubtaskStatistics(
        String vertex,
        int subtask,
        long startDelayNanos,
        long alignmentNanos,
        long freezeNanos,
        long asyncNanos,
        long processedInFlightBytes,
        long persistedInFlightBytes,
        long dirtyEntries,
        long newBytes,
        long totalBytes) {}
