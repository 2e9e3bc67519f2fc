package io.strandline.expression;

import java.util.List;
import java.util.stream.Collectors;

/** An expression that was refused, with everything found wrong in it. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * One thing wrong.
     *
     * @param line from 1
     * @param column from 1
     * @param detail what was found, what would be right, and the nearest known name for one that is misspelt
     */
    public record Issue(int line, int column, String detail) {

        @Override
        public String toString() {
            return line + ":" + column + ": " + detail;
        }
    }

    private final transient List<Issue> issues;

    public ExpressionException(List<Issue> issues) {
        super(issues.stream().map(Issue::toString).collect(Collectors.joining("; ")));
        this.issues = List.copyOf(issues);
    }

    public List<Issue> issues() {
        return issues;
    }
}
