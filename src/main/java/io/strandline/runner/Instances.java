package io.strandline.runner;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The instances that run right now, at most one a branch. Whoever starts and stops them keeps it; others look them up. */
public final class Instances {

    private final Map<BranchRef, RunningInstance> running = new ConcurrentHashMap<>();

    /** Makes an instance findable; at most one a branch. */
    public void register(RunningInstance instance) {
        RunningInstance other = running.putIfAbsent(instance.spec().on(), instance);
        if (other != null) {
            throw new IllegalStateException("an instance runs on "
                    + instance.spec().on() + " already: " + other.spec().instanceId());
        }
    }

    /** Forgets an instance; harmless when another has taken its place. */
    public void remove(RunningInstance instance) {
        running.remove(instance.spec().on(), instance);
    }

    /** The instance on a branch. */
    public Optional<RunningInstance> on(BranchRef branch) {
        return Optional.ofNullable(running.get(branch));
    }

    /** All that run. */
    public Map<BranchRef, RunningInstance> all() {
        return Map.copyOf(running);
    }
}
