package io.strandline.catalog.jpa;

import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by a second each time it is looked at. */
public final class SteppingClock extends Clock {

    private final AtomicLong seconds =
            new AtomicLong(Instant.parse("2026-03-01T00:00:00Z").getEpochSecond());

    public final TimeOrderedIds ids = new TimeOrderedIds(this, new Random(1));

    void notBefore(Instant time) {
        seconds.accumulateAndGet(time.getEpochSecond(), Math::max);
    }

    public void advance(Duration by) {
        seconds.addAndGet(by.toSeconds());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(seconds.incrementAndGet(), 123_456_000);
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
