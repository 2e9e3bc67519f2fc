package io.strandline.engine.task;

import java.time.Duration;

/** A subtask does not come to the end of a step; the stack is that of its worker. */
public final class StuckStepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StuckStepException(Duration since, StackTraceElement[] stack) {
        super("it has been in one step for " + since.toSeconds() + " s"
                + (stack.length == 0 ? "" : ", in " + stack[0]));
        setStackTrace(stack);
    }
}
