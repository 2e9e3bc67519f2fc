package io.strandline.engine.checkpoint;

import java.util.Optional;
import java.util.OptionalLong;

/** Which version's output sinks still have to make visible. A failure is retried with growing pauses, for ever. */
final class SinkCommits {

    private static final long LEAST_PAUSE_NANOS = 100_000_000L;
    private static final int MOST_DOUBLINGS = 8;

    private long wanted;
    private long done;
    private boolean running;
    private int failures;
    private long notBefore;

    void want(long number, Moment now) {
        wanted = number;
        notBefore = failures == 0 ? now.nanos() : notBefore;
    }

    boolean pending() {
        return done < wanted;
    }

    void done(long number) {
        running = false;
        failures = 0;
        done = Math.max(done, number);
    }

    void failed(Moment now) {
        running = false;
        notBefore = now.nanos() + (LEAST_PAUSE_NANOS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
    }

    Optional<CoordinatorEffect> next(Moment now) {
        if (running || !pending() || now.nanos() - notBefore < 0) {
            return Optional.empty();
        }
        running = true;
        return Optional.of(new CoordinatorEffect.CommitSinks(wanted));
    }

    OptionalLong deadline() {
        return running || !pending() ? OptionalLong.empty() : OptionalLong.of(notBefore);
    }
}
