package io.strandline.engine.checkpoint;

import java.util.HashMap;
import java.util.Map;

/** A subtask that counts: it reads on for ever, stages what it has read at each barrier, and can be put back. */
final class SimulatedSubtask {

    final int index;
    private final SimulatedOutput output;
    private final Map<Long, Long> frozen = new HashMap<>();
    private long position;
    private long staged;
    private long aborted;

    SimulatedSubtask(int index, SimulatedOutput output, long position) {
        this.index = index;
        this.output = output;
        this.position = position;
        this.staged = position;
    }

    void read(int rows) {
        position += rows;
    }

    /** Whether the barrier counted: not one of an aborted attempt. */
    boolean barrier(long number) {
        if (number <= aborted) {
            return false;
        }
        output.stage(index, number, staged, position);
        staged = position;
        frozen.put(number, position);
        return true;
    }

    void abort(long number) {
        aborted = Math.max(aborted, number);
    }

    /** Where it stood at an attempt's barrier. */
    long position(long number) {
        Long at = frozen.get(number);
        if (at == null) {
            throw new AssertionError("subtask " + index + " has not frozen for attempt " + number);
        }
        return at;
    }
}
