package io.strandline.engine.connector;

/**
 * What became of an output file when an instance started.
 *
 * @param sink the sink's name
 * @param from where it was, within the sink's directory
 * @param to where it is now, within the sink's directory; where it was if it was deleted
 * @param action what was done
 */
public record OutputMove(String sink, String from, String to, Action action) {

    /** What was done. */
    public enum Action {
        /** Staged and in the line: made visible. */
        COMMITTED,
        /** Visible and no longer in the line: taken back. */
        WITHDRAWN,
        /** Taken back once and in the line again: made visible. */
        RETURNED,
        /** Staged by an attempt that never completed: deleted. */
        DELETED
    }
}
