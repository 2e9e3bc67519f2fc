package io.strandline.runner.embedded;

import io.strandline.engine.checkpoint.FailureCause.Kind;
import io.strandline.runner.FailureCause;
import java.util.Locale;

/** Translates the engine's kinds of failure to problem codes and back. */
final class FailureCodes {

    private FailureCodes() {}

    /** The runner's account of an engine's failure. */
    static FailureCause translate(io.strandline.engine.checkpoint.FailureCause cause) {
        return new FailureCause(
                code(cause.kind()), cause.detail(), cause.operator(), cause.subtask(), retryable(cause.kind()));
    }

    private static String code(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean retryable(Kind kind) {
        return switch (kind) {
            case INCOMPATIBLE_STATE, FENCED -> false;
            default -> true;
        };
    }

    /** What kind of refusal a ledger's code stands for. */
    static Kind kindOfRefusal(String code) {
        return switch (code) {
            case "storage-full" -> Kind.STORAGE_FULL;
            case "read-only" -> Kind.READ_ONLY;
            case "stale-epoch" -> Kind.FENCED;
            default -> Kind.COMMIT_REFUSED;
        };
    }
}
