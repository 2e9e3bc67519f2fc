package io.strandline.runner;

/**
 * A reason an instance cannot start.
 *
 * @param kind what is wrong
 * @param pointer JSON pointer into the pipeline document, or the digest of the file concerned
 * @param detail what was found and what would be right
 */
public record StartObstacle(Kind kind, String pointer, String detail) {

    /** What is wrong. */
    public enum Kind {
        /** A file of the version is missing or not what its digest says. */
        DAMAGED,
        /** The version's state does not fit the pipeline. */
        INCOMPATIBLE_STATE,
        /** A connector cannot be used as described. */
        CONNECTOR,
        /** Where output would go there is another job's. */
        OUTPUT_TAKEN
    }
}
