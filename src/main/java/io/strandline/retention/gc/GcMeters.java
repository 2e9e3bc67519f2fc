package io.strandline.retention.gc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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

    GcMeters(MeterRegistry registry, Circuit circuit) {
        this.purged = counter(registry, "strandline.gc.purged", "versions", "Versions purged from the trash");
        this.condemned =
                counter(registry, "strandline.gc.condemned", "files", "Files nobody names that went into quarantine");
        this.deleted = counter(registry, "strandline.gc.deleted", "files", "Files unlinked for good");
        this.freed = counter(registry, "strandline.gc.freed", "bytes", "Bytes given back to the file system");
        this.refused = counter(
                registry, "strandline.gc.refused", "runs", "Runs that deleted nothing because the witnesses disagreed");
        this.duration = Timer.builder("strandline.gc.duration")
                .description("How long runs took")
                .register(registry);
        Gauge.builder("strandline.gc.quarantined", quarantined, AtomicLong::get)
                .description("Bytes in quarantine after the newest run")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder(
                        "strandline.gc.circuit.open",
                        circuit,
                        watched -> watched.fault().isPresent() ? 1 : 0)
                .description("1 while deletion is switched off after a disagreement")
                .register(registry);
    }

    void ran(GcRun run) {
        duration.record(Duration.between(run.startedAt(), run.endedAt()));
        if (run.outcome() == GcRun.Outcome.REFUSED) {
            refused.increment();
        }
        if (run.mode() == GcRun.Mode.DELETE) {
            purged.increment(run.purgedVersions());
            condemned.increment(run.condemnedFiles());
            deleted.increment(run.deletedFiles());
            freed.increment(run.freedBytes());
            quarantined.set(run.quarantinedBytes());
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder(name).description(description).baseUnit(unit).register(registry);
    }
}
