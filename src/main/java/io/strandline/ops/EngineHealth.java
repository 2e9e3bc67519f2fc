package io.strandline.ops;

import io.strandline.runner.FailureCause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * How the engine is: UP, or DEGRADED while jobs run but their checkpoints cannot be stored. A failing job is that job's
 * problem and changes nothing here.
 */
public final class EngineHealth extends AbstractHealthIndicator {

    private static final Set<String> STORAGE_PROBLEMS = Set.of("storage-full", "read-only", "storage-unavailable");

    private final InstanceFigures figures;

    public EngineHealth(MeteredRunner runner) {
        super("The engine cannot be looked at");
        this.figures = runner.figures();
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Map<String, String> failing = new LinkedHashMap<>();
        figures.failingCheckpoints().forEach((job, failure) -> {
            if (STORAGE_PROBLEMS.contains(failure.code())) {
                failing.put(job, describe(failure));
            }
        });
        health.withDetail("runningInstances", figures.running());
        if (failing.isEmpty()) {
            health.up().withDetail("reason", "the engine runs");
        } else {
            health.status(ModesHealth.DEGRADED)
                    .withDetail("reason", "jobs run on, but their checkpoints cannot be stored")
                    .withDetail("checkpoints", failing);
        }
    }

    private static String describe(FailureCause failure) {
        return failure.code() + ": " + failure.detail();
    }
}
