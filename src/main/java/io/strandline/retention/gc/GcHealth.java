package io.strandline.retention.gc;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN while deletion is switched off, with what was found; in no probe, as the server works on. */
@Component("gcHealthIndicator")
final class GcHealth implements HealthIndicator {

    private final Circuit circuit;

    GcHealth(Circuit circuit) {
        this.circuit = circuit;
    }

    @Override
    public Health health() {
        return circuit.fault()
                .map(open -> Health.down()
                        .withDetail("circuit", "open")
                        .withDetail("since", open.at().toString())
                        .withDetail("found", open.detail())
                        .build())
                .orElseGet(() -> Health.up().withDetail("circuit", "closed").build());
    }
}
