package io.strandline.ops;

import io.strandline.ops.DegradedModes.Active;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** DEGRADED while the server is in some mode, with each one's cause and way out. */
public final class ModesHealth implements HealthIndicator {

    static final Status DEGRADED = new Status("DEGRADED");

    private final DegradedModes modes;

    public ModesHealth(DegradedModes modes) {
        this.modes = modes;
    }

    @Override
    public Health health() {
        List<Active> now = modes.now();
        if (now.isEmpty()) {
            return Health.up().withDetail("reason", "everything works").build();
        }
        Health.Builder health = Health.status(DEGRADED);
        for (Active one : now) {
            health.withDetail(
                    one.mode().wireName(),
                    Map.of(
                            "since", one.since().toString(),
                            "detail", one.detail(),
                            "effect", one.mode().effect(),
                            "wayOut", one.mode().wayOut()));
        }
        return health.build();
    }
}
