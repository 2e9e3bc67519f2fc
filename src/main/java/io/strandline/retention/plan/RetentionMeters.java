package io.strandline.retention.plan;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts what retention does; there from start-up at zero. */
@Component
final class RetentionMeters {

    private final Counter expired;
    private final Counter skipped;
    private final Counter failed;
    private final Counter released;

    /** Registers them. */
    RetentionMeters(MeterRegistry registry) {
        this.expired = Counter.builder("strandline.retention.expired")
                .description("Versions a plan put into the trash")
                .register(registry);
        this.skipped = Counter.builder("strandline.retention.skipped")
                .description("Versions of applied plans that had changed and were left alone")
                .register(registry);
        this.failed = Counter.builder("strandline.retention.failures")
                .description("Scheduled rounds of retention that failed or were put off")
                .register(registry);
        this.released = Counter.builder("strandline.retention.references")
                .description("Tags and holds released because they had expired")
                .register(registry);
    }

    void applied(PlanItem item) {
        if (item.outcome() == PlanItem.Outcome.TRASHED) {
            expired.increment();
        } else {
            skipped.increment();
        }
    }

    void roundFailed() {
        failed.increment();
    }

    void referenceReleased() {
        released.increment();
    }
}
