package io.strandline.ops;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.JobRunner;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotLedger;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.StateSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A runner that runs nothing: a test says what its instances show and tell. */
class ScriptedRunner implements JobRunner {

    final Map<String, InstanceListener> listeners = new HashMap<>();
    final Map<String, InstanceMetrics> figures = new HashMap<>();
    boolean refusing;

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public List<StartObstacle> check(InstanceSpec spec) {
        return List.of();
    }

    @Override
    public CompatibilityReport compatibility(Manifest version, String pipeline) {
        throw new IllegalStateException("no test asks for this");
    }

    @Override
    public RunningInstance start(InstanceSpec spec, SnapshotLedger ledger, InstanceListener listener) {
        if (refusing) {
            throw new IllegalStateException("refused");
        }
        listeners.put(spec.instanceId(), listener);
        return new Scripted(spec);
    }

    @Override
    public void close() {
        listeners.clear();
    }

    private final class Scripted implements RunningInstance {

        private final InstanceSpec spec;

        private Scripted(InstanceSpec spec) {
            this.spec = spec;
        }

        @Override
        public InstanceSpec spec() {
            return spec;
        }

        @Override
        public int parallelism() {
            return 3;
        }

        @Override
        public String backend() {
            return "rocksdb";
        }

        @Override
        public CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request) {
            return drain();
        }

        @Override
        public CompletableFuture<CheckpointOutcome> drain() {
            return CompletableFuture.completedFuture(new CheckpointOutcome.Declined("scripted"));
        }

        @Override
        public CompletableFuture<Void> cancel() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Map<String, List<StateSchema>> states() {
            return Map.of();
        }

        @Override
        public CompletableFuture<Optional<List<LiveEntry>>> look(String operator, String state, List<Object> key) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public InstanceMetrics metrics() {
            return figures.getOrDefault(spec.instanceId(), InstanceMetrics.none());
        }
    }
}
