package io.strandline.runner;

import java.util.List;

/**
 * What a pipeline makes of a version's state.
 *
 * @param states one line a state that either side has
 */
public record CompatibilityReport(List<StateLine> states) {

    public CompatibilityReport {
        states = List.copyOf(states);
    }

    /** Whether nothing is incompatible and nothing would be dropped. */
    public boolean clean() {
        return states.stream()
                .allMatch(line -> line.verdict() != Verdict.INCOMPATIBLE && line.verdict() != Verdict.DROPPED);
    }

    /** Whether some state cannot be read at all. */
    public boolean incompatible() {
        return states.stream().anyMatch(line -> line.verdict() == Verdict.INCOMPATIBLE);
    }

    /**
     * One state's fate.
     *
     * @param operator the operator's name
     * @param state the state's name
     * @param verdict its fate
     * @param detail both schemas where they differ, and what becomes of each column that changed
     */
    public record StateLine(String operator, String state, Verdict verdict, String detail) {}

    /** A state's fate. */
    public enum Verdict {
        /** Read as it is. */
        UNCHANGED,
        /** Its columns changed, and it is read with a conversion. */
        COMPATIBLE,
        /** Starts empty. */
        NEW,
        /** In the version, not in the pipeline: lost unless the caller allows it. */
        DROPPED,
        /** Cannot be read. */
        INCOMPATIBLE
    }
}
