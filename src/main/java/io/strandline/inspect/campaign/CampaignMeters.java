package io.strandline.inspect.campaign;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.strandline.catalog.Verification.Outcome;
import io.strandline.catalog.history.VerificationBacklog.Coverage;
import io.strandline.inspect.VerificationReport;
import org.springframework.stereotype.Component;

/** Measures how much is verified. */
@Component
final class CampaignMeters {

    private volatile Coverage coverage = new Coverage(0, 0, 0);
    private final Counter read;
    private final Counter damaged;

    CampaignMeters(MeterRegistry registry) {
        Gauge.builder("strandline.verification.coverage.ratio", this, meters -> meters.coverage.ratio())
                .description("Share of the versions that were found intact recently, as the campaign defines it")
                .register(registry);
        Gauge.builder("strandline.verification.damaged", this, meters -> meters.coverage.damaged())
                .description("Versions that are known to be damaged or lost")
                .register(registry);
        this.read = Counter.builder("strandline.verification.campaign.read")
                .description("Bytes that the verification campaign has read")
                .baseUnit("bytes")
                .register(registry);
        this.damaged = Counter.builder("strandline.verification.campaign.found.damaged")
                .description("Versions that the verification campaign found damaged")
                .register(registry);
    }

    void covered(Coverage now) {
        coverage = now;
    }

    Coverage coverage() {
        return coverage;
    }

    void verified(VerificationReport report) {
        read.increment(report.readBytes());
        if (report.outcome() == Outcome.DAMAGED) {
            damaged.increment();
        }
    }
}
