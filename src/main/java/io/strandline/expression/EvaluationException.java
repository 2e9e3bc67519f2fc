package io.strandline.expression;

/** A row for which an expression has no value; names the row's index in the batch. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String expression;
    private final int row;
    private final String detail;

    public EvaluationException(String expression, int row, String detail) {
        super("'" + expression + "' failed at row " + row + " of the batch: " + detail);
        this.expression = expression;
        this.row = row;
        this.detail = detail;
    }

    public String expression() {
        return expression;
    }

    /** Index of the row in the batch, from 0. */
    public int row() {
        return row;
    }

    /** What went wrong, such as {@code division by zero}. */
    public String detail() {
        return detail;
    }
}
