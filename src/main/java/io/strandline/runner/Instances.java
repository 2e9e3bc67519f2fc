package io.strandline.runner;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The instances that run right now, at most one a branch, and the branches where one is about to. Whoever starts and stops
 * them keeps it; others look them up. Safe for concurrent use.
 */
public final class Instances {

    private final Map<BranchRef, RunningInstance> running = new HashMap<>();
    private final Map<BranchRef, CompletableFuture<Optional<RunningInstance>>> announced = new HashMap<>();

    /** Says that an instance is about to start, so that who asks for it meanwhile may wait. */
    public synchronized void announce(BranchRef branch) {
        if (!running.containsKey(branch)) {
            announced.computeIfAbsent(branch, any -> new CompletableFuture<>());
        }
    }

    /** Says that no instance is about to start after all. */
    public void retract(BranchRef branch) {
        settle(branch, Optional.empty());
    }

    /** Makes an instance findable; at most one a branch. */
    public void register(RunningInstance instance) {
        BranchRef branch = instance.spec().on();
        synchronized (this) {
            RunningInstance other = running.putIfAbsent(branch, instance);
            if (other != null) {
                throw new IllegalStateException("an instance runs on " + branch + " already: "
                        + other.spec().instanceId());
            }
        }
        settle(branch, Optional.of(instance));
    }

    /** Forgets an instance; harmless when another has taken its place. */
    public synchronized void remove(RunningInstance instance) {
        running.remove(instance.spec().on(), instance);
    }

    /** The instance on a branch. */
    public synchronized Optional<RunningInstance> on(BranchRef branch) {
        return Optional.ofNullable(running.get(branch));
    }

    /** The instance on a branch, or the one about to start there once it is there; empty when none comes. */
    public synchronized CompletableFuture<Optional<RunningInstance>> awaited(BranchRef branch) {
        RunningInstance here = running.get(branch);
        if (here != null) {
            return CompletableFuture.completedFuture(Optional.of(here));
        }
        CompletableFuture<Optional<RunningInstance>> coming = announced.get(branch);
        return coming == null ? CompletableFuture.completedFuture(Optional.empty()) : coming.copy();
    }

    /** All that run. */
    public synchronized Map<BranchRef, RunningInstance> all() {
        return Map.copyOf(running);
    }

    private void settle(BranchRef branch, Optional<RunningInstance> outcome) {
        CompletableFuture<Optional<RunningInstance>> coming;
        synchronized (this) {
            coming = announced.remove(branch);
        }
        if (coming != null) {
            coming.complete(outcome);
        }
    }
}
