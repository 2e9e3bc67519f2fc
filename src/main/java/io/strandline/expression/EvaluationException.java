package io.strandline.expression;

import java.util.List;

/** Rows for which an expression has no value; names the index of each in the batch and what is wrong with it. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * One row without a value.
     *
     * @param row index in the batch, from 0
     * @param line of the part of the expression that has no value, from 1
     * @param column of that part, from 1
     * @param detail what went wrong, such as {@code 7 / 0 is a division by zero}
     */
    public record Failure(int row, int line, int column, String detail) {

        @Override
        public String toString() {
            return line + ":" + column + ": " + detail;
        }
    }

    private final String expression;
    private final transient List<Failure> failures;

    /**
     * Rows on which {@code expression} failed.
     *
     * @param failures at least one, in the order of the rows
     */
    public EvaluationException(String expression, List<Failure> failures) {
        super("'" + expression + "' failed at row " + failures.get(0).row() + " of the batch, at " + failures.get(0));
        this.expression = expression;
        this.failures = List.copyOf(failures);
    }

    /** The text of the expression. */
    public String expression() {
        return expression;
    }

    /** Every row of the batch that failed, in order: the others have values. */
    public List<Failure> failures() {
        return failures;
    }

    /** Index of the first row that failed. */
    public int row() {
        return failures.get(0).row();
    }

    /** What went wrong with the first row that failed. */
    public String detail() {
        return failures.get(0).detail();
    }
}
