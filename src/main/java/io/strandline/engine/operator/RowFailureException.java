package io.strandline.engine.operator;

import java.util.List;

/** Rows of a batch for which an operator's function has no value; the other rows of the batch have one. */
public final class RowFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * One row without a value.
     *
     * @param row index in the batch
     * @param detail the function, what went wrong, and the row's columns; the same for a row whatever batch it is in
     */
    public record Failure(int row, String detail) {}

    private final transient List<Failure> failures;

    /**
     * Rows that failed.
     *
     * @param failures at least one, in the order of the rows
     */
    public RowFailureException(List<Failure> failures, Throwable cause) {
        super(failures.get(0).detail(), cause);
        this.failures = List.copyOf(failures);
    }

    /** Every row of the batch that failed. */
    public List<Failure> failures() {
        return failures;
    }
}
