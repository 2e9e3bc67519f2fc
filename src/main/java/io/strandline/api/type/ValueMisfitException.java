package io.strandline.api.type;

/** A value is not of the type that was declared for it: null, too large, or of another class. */
public final class ValueMisfitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param detail names the value's place, what was expected and what was found */
    public ValueMisfitException(String detail) {
        super(detail);
    }
}
