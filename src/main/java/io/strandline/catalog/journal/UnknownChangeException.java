package io.strandline.catalog.journal;

/** An entry is what was written, and holds a change of a kind that this release does not know. */
final class UnknownChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownChangeException(String kind) {
        super("a change of the kind '" + kind + "'");
    }
}
