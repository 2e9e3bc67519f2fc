package io.strandline.runner;

/**
 * A committed output file that a start moved.
 *
 * @param sink the sink's name
 * @param from where it was, relative to the files root
 * @param to where it is now
 * @param action what was done
 */
public record OutputMove(String sink, String from, String to, Action action) {

    /** What was done. */
    public enum Action {
        COMMITTED,
        WITHDRAWN,
        RETURNED
    }
}
