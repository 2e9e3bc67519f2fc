package io.strandline.runner;

/**
 * A record that could not be processed.
 *
 * @param place where it lies, unique in its job: the part file, and the line in it
 * @param source the source or operator that put it aside
 * @param split where the source read it, empty behind a source
 * @param offset where it begins there, -1 behind a source
 * @param cause why it could not be processed
 * @param record its text
 */
public record DeadLetter(Place place, String source, String split, long offset, String cause, String record) {

    /**
     * A line of a part file.
     *
     * @param part its path relative to the files root
     * @param line from 0
     */
    public record Place(String part, int line) {}
}
