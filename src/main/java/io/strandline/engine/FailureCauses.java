package io.strandline.engine;

import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.checkpoint.FailureCause.Kind;
import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.connector.RefusedRowException;
import io.strandline.engine.operator.RowFailureException;
import io.strandline.engine.task.SubtaskId;
import io.strandline.state.IncompatibleStateException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells what sort of failure an exception is.
 *
 * @param storageFull tells failures that mean that there is no room left
 */
record FailureCauses(Predicate<Throwable> storageFull) {

    /** Of writing a part of a snapshot. */
    FailureCause ofWrite(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        Kind kind = storageFull.test(cause) ? Kind.STORAGE_FULL : Kind.WRITE_FAILED;
        return FailureCause.of(kind, describe(cause), cause);
    }

    /** Of opening an instance. */
    FailureCause ofStart(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        Kind kind = cause instanceof IncompatibleStateException ? Kind.INCOMPATIBLE_STATE : Kind.START_FAILED;
        return FailureCause.of(kind, describe(cause), cause);
    }

    /** Of a subtask's step. */
    FailureCause ofStep(SubtaskId subtask, @Nullable String vertex, Throwable thrown) {
        Throwable cause = unwrap(thrown);
        Kind kind = Kind.OPERATOR_FAILED;
        if (cause instanceof PoisonRecordException || cause instanceof RowFailureException) {
            kind = Kind.POISON_RECORD;
        } else if (cause instanceof IncompatibleStateException) {
            kind = Kind.INCOMPATIBLE_STATE;
        } else if (storageFull.test(cause)) {
            kind = Kind.STORAGE_FULL;
        }
        return new FailureCause(
                kind, describe(cause), vertex == null ? subtask.vertex() : vertex, subtask.index(), cause);
    }

    /** Of a sink whose rows will never get where they go. */
    FailureCause ofSink(String vertex, RefusedRowException refused) {
        return new FailureCause(Kind.POISON_RECORD, describe(refused), vertex, null, refused);
    }

    /** Of what nobody expected. */
    FailureCause ofBreak(Throwable thrown) {
        return FailureCause.of(Kind.ENGINE_FAILED, "the engine broke: " + thrown, thrown);
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null
                && (at instanceof CompletionException
                        || at instanceof ExecutionException
                        || at instanceof UncheckedIOException)) {
            at = at.getCause();
        }
        return at;
    }

    private static String describe(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
