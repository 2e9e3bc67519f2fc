package io.strandline.job;

import io.strandline.catalog.ProblemNote;
import io.strandline.pipeline.RestartSpec;
import io.strandline.problem.ErrorCode;
import io.strandline.runner.FailureCause;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows a failure: the first restart at once, later ones after an exponentially growing pause with jitter,
 * none once too many failed in a row, the cause is beyond mending by a restart, or one record fails again and again. Pure:
 * it looks at no clock.
 */
final class RestartPolicy {

    /** A record that fails this often in a row is poison for good. */
    static final int POISON_LIMIT = 3;

    private static final double LEAST_SHARE = 0.8;

    private final RestartSpec spec;
    private final DoubleSupplier jitter;

    /**
     * Follows {@code spec}.
     *
     * @param jitter random numbers from 0 (included) to 1; a pause is 80 to 100 % of its length by them
     */
    RestartPolicy(RestartSpec spec, DoubleSupplier jitter) {
        this.spec = spec;
        this.jitter = jitter;
    }

    /**
     * What follows a failure.
     *
     * @param before failures so far
     * @param ranFor how long the instance read records; from the longest pause on it counts as stable and the tally begins
     *     anew
     */
    Verdict after(Tally before, FailureCause cause, Duration ranFor) {
        String poison = isPoison(cause) ? cause.detail() : null;
        int poisonTimes = poison == null ? 0 : timesInARow(before, poison);
        if (poisonTimes >= POISON_LIMIT) {
            return giveUp(cause, cause.detail() + " (the same record failed " + poisonTimes + " times)");
        }
        if (spec.strategy() == RestartSpec.Strategy.NONE || poison == null && !cause.retryable()) {
            return giveUp(cause, cause.detail());
        }
        int restarts = ranFor.compareTo(spec.max()) >= 0 ? 0 : before.restarts();
        if (restarts >= spec.maxAttempts()) {
            return giveUp(cause, "Still failing after " + restarts + " restarts: " + cause.detail());
        }
        return new Restart(pauseBefore(restarts + 1), new Tally(restarts + 1, poison, poisonTimes));
    }

    private static boolean isPoison(FailureCause cause) {
        return cause.code().equals(ErrorCode.POISON_RECORD.wireName());
    }

    private static int timesInARow(Tally before, @Nullable String poison) {
        return poison != null && poison.equals(before.poison()) ? before.poisonTimes() + 1 : 1;
    }

    private Duration pauseBefore(int restart) {
        if (restart <= 1) {
            return Duration.ZERO;
        }
        double millis = Math.min(spec.max().toMillis(), spec.initial().toMillis() * Math.pow(2, restart - 2.0));
        return Duration.ofMillis(Math.round(millis * (LEAST_SHARE + (1 - LEAST_SHARE) * jitter.getAsDouble())));
    }

    private static Verdict giveUp(FailureCause cause, String detail) {
        return new GiveUp(new ProblemNote(cause.code(), detail));
    }

    /**
     * What a branch's failures amount to so far.
     *
     * @param restarts restarts since the branch last ran stably
     * @param poison the poison record that failed last, null when the last failure was another
     * @param poisonTimes how often in a row it was that record
     */
    record Tally(int restarts, @Nullable String poison, int poisonTimes) {

        /** Before the first failure. */
        static final Tally NONE = new Tally(0, null, 0);
    }

    /** What follows a failure. */
    sealed interface Verdict {}

    /** Start again after a pause. */
    record Restart(Duration pause, Tally tally) implements Verdict {}

    /** Leave it FAILED. */
    record GiveUp(ProblemNote problem) implements Verdict {}
}
