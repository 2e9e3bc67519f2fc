package io.strandline.inspect.campaign;

import io.strandline.catalog.history.VerificationBacklog.Coverage;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells how much is verified and how many versions are known to be damaged; always UP, as the server works on. */
@Component("verificationHealthIndicator")
final class VerificationHealth implements HealthIndicator {

    private final CampaignMeters meters;

    VerificationHealth(CampaignMeters meters) {
        this.meters = meters;
    }

    @Override
    public Health health() {
        Coverage coverage = meters.coverage();
        return Health.up()
                .withDetail("versions", coverage.versions())
                .withDetail("verified", coverage.verified())
                .withDetail("damaged", coverage.damaged())
                .build();
    }
}
