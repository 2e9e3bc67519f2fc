package io.strandline.retention.gc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts what garbage collection does; there from start-up at zero. */
@Component
final class GcMeters {

    private final Counter purged;
    private final Counter condemned;
    private final Counter deleted;
    private final Counter freed;
    private final Counter refused;
    private final Timer duration;
    private final AtomicLong quarantined = new AtomicLong();
    private final AtomicLong circuitOpen = new AtomicLong();

    /** Registers them. */
    GcMeters(MeterRegistry registry) {
        this.purged = counter(registry, "strandline.gc.purged", null, "Versions whose files were given up");
        this.condemned =
                counter(registry, "strandline.gc.condemned", null, "Files nobody names that went into quarantine");
        this.deleted = counter(registry, "strandline.gc.deleted", null, "Files unlinked for good");
        this.freed = counter(registry, "strandline.gc.freed", "bytes", "Bytes given back to the file system");
        this.refused = counter(
                registry,
                "strandline.gc.refused",
                null,
                "Runs that unlinked nothing because the witnesses disagreed or could not be heard");
        this.duration = Timer.builder("strandline.gc.duration")
                .description("Time runs took")
                .register(registry);
        Gauge.builder("strandline.gc.quarantined", quarantined, AtomicLong::get)
                .description("Bytes in quarantine after the newest run")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("strandline.gc.circuit.open", circuitOpen, AtomicLong::get)
                .description("1 while deletion is switched off after a disagreement, else 0")
                .register(registry);
    }

    void ran(GcRun run, boolean open) {
        duration.record(Duration.between(run.startedAt(), run.endedAt()));
        quarantined.set(run.quarantinedBytes());
        circuitOpen.set(open ? 1 : 0);
        if (run.outcome() == GcRun.Outcome.REFUSED) {
            refused.increment();
        }
        if (run.mode() == GcRun.Mode.DELETE) {
            purged.increment(run.purgedVersions());
            condemned.increment(run.condemnedFiles());
            deleted.increment(run.deletedFiles());
            freed.increment(run.freedBytes());
        }
    }

    private static Counter counter(MeterRegistry registry, String name, @Nullable String unit, String description) {
        return Counter.builder(name).description(description).baseUnit(unit).register(registry);
    }
}
