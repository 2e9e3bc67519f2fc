package io.strandline.operation;

import io.strandline.catalog.work.OperationLog.LoggedOperation;
import java.util.Optional;
import java.util.function.Function;

/**
 * How operations of a type go on that a stopped server left unfinished; each room has one for those it can do again without
 * doing anything twice. All others end FAILED {@code interrupted}.
 *
 * @param type the type of operation
 * @param prepare takes what the work needs, before jobs come up, and says what is left to do; empty when nobody can tell
 */
public record Resumption(String type, Function<LoggedOperation, Optional<Rest>> prepare) {

    /**
     * What is left to do.
     *
     * @param work does it, once jobs are coming up
     * @param skipped gives back what was taken, when it is cancelled before
     */
    public record Rest(Work work, Runnable skipped) {}
}
