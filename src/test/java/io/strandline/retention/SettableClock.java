package io.strandline.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock and a monotonic one that tests set. */
public final class SettableClock extends Clock {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-08-01T12:00:00Z"));
    private final AtomicLong nanos = new AtomicLong(1_000);

    /** Time passes, on both clocks. */
    public void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        jump(duration);
    }

    /** The wall clock steps while no time passes. */
    public void jump(Duration duration) {
        now.updateAndGet(time -> time.plus(duration));
    }

    /** Monotonic nanoseconds. */
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
