package io.strandline.retention.gc;

import io.strandline.problem.StrandlineException;
import io.strandline.retention.plan.ClockGuard;
import io.strandline.retention.plan.Round;
import io.strandline.retention.plan.Ticking;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purge and collection by themselves, in the interval of the settings; put off while the clock is suspect. */
final class GcRounds implements Ticking {

    private static final Logger log = LoggerFactory.getLogger(GcRounds.class);

    private final GcRuns runs;
    private final ClockGuard clockGuard;
    private final GcSettings settings;
    private final Round round;

    GcRounds(GcRuns runs, ClockGuard clockGuard, GcSettings settings, LongSupplier nanoTime) {
        this.runs = runs;
        this.clockGuard = clockGuard;
        this.settings = settings;
        this.round = new Round(nanoTime);
    }

    @Override
    public void tick() {
        Duration interval = settings.interval();
        if (interval.isZero() || !round.due(interval)) {
            return;
        }
        ClockGuard.Reading clock = clockGuard.read();
        if (clock.suspect()) {
            log.warn("garbage collection waits: {}", clock.suspicion());
            return;
        }
        try {
            runs.startScheduled();
        } catch (StrandlineException e) {
            log.warn("garbage collection could not start and will be tried again: {}", e.getMessage());
        }
    }
}
