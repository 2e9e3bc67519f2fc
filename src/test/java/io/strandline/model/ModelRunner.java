package io.strandline.model;

import io.strandline.runner.BranchRef;
import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.JobRunner;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotLedger;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
import io.strandline.storage.Blob;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs jobs as instances with nothing but state, on the thread that asks, and refuses to start one when told to. An epoch
 * that is not above all those before it in the job fails the test.
 */
final class ModelRunner implements JobRunner {

    private final SnapshotStore store;
    private final Clock clock;
    private final Path work;
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<BranchRef, ModelInstance> newest = new HashMap<>();
    private final List<ModelInstance> started = new ArrayList<>();
    private int refusals;

    ModelRunner(SnapshotStore store, Clock clock, Path work) {
        this.store = store;
        this.clock = clock;
        this.work = work;
    }

    /** Says how many of the next starts are to fail. */
    void refuseStarts(int next) {
        refusals = next;
    }

    /** The instance that was started last on a branch. */
    ModelInstance on(String jobId, String branch) {
        return newest.get(new BranchRef(jobId, branch));
    }

    /** Those that were cancelled in the middle of an attempt. */
    List<ModelInstance> zombies() {
        return started.stream()
                .filter(instance -> instance.isZombie() && instance.inAttempt())
                .toList();
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public List<StartObstacle> check(InstanceSpec spec) {
        List<StartObstacle> obstacles = new ArrayList<>();
        Manifest from = spec.restoreFrom();
        if (from != null) {
            for (Blob blob : from.content().blobs()) {
                try {
                    store.check(blob);
                } catch (IOException e) {
                    obstacles.add(new StartObstacle(
                            StartObstacle.Kind.DAMAGED, blob.digest().toString(), e.toString()));
                }
            }
        }
        return obstacles;
    }

    @Override
    public CompatibilityReport compatibility(Manifest version, String pipeline) {
        return new CompatibilityReport(List.of());
    }

    @Override
    public RunningInstance start(InstanceSpec spec, SnapshotLedger ledger, InstanceListener listener) {
        Long before = epochs.put(spec.on().jobId(), spec.epoch());
        if (before != null && before >= spec.epoch()) {
            throw new AssertionError("epoch " + spec.epoch() + " was granted after " + before);
        }
        if (refusals > 0) {
            refusals--;
            throw new IllegalStateException("it is not to start");
        }
        Manifest from = spec.restoreFrom();
        List<OperatorContent> restored =
                from == null ? List.of() : from.content().operators();
        try {
            Path own = Files.createDirectories(work.resolve(spec.instanceId()));
            ModelState.Place place = new ModelState.Place(store, own, spec.instanceId());
            ModelState state =
                    new ModelState(place, ModelInstance.backend(spec), ModelInstance.parallelism(spec), restored);
            ModelInstance instance = new ModelInstance(spec, state, ledger, listener, clock);
            newest.put(spec.on(), instance);
            started.add(instance);
            listener.running();
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process is gone, and its instances with it. */
    @Override
    public void close() {
        for (ModelInstance instance : started) {
            if (!instance.isZombie() || instance.inAttempt()) {
                try {
                    instance.state.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        started.clear();
    }
}
