package io.strandline.problem;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} up to the client; the web layer renders it, an operation or a failed job stores it. */
public class StrandlineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public StrandlineException(ErrorCode code, String detail) {
        this(Problem.of(code, detail), null);
    }

    public StrandlineException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(Problem.of(code, detail), cause);
    }

    public StrandlineException(Problem problem) {
        this(problem, null);
    }

    public StrandlineException(Problem problem, @Nullable Throwable cause) {
        super(problem.code().wireName() + ": " + problem.detail(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public ErrorCode code() {
        return problem.code();
    }
}
