package io.strandline.runner.embedded;

import io.strandline.engine.Engine;
import io.strandline.engine.JobStart;
import io.strandline.engine.RunningJob;
import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointRequest;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.graph.JobGraph;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.Rehearser;
import io.strandline.runner.plugin.Plugins;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.SnapshotReader;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.OverlayStore;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.disk.FullDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Rehearses restores on the engine of this process. The trial reads the version's files where they lie; what it writes, a full
 * snapshot, goes into a store of its own in its work directory, which is deleted.
 */
public final class EmbeddedRehearser implements Rehearser {

    private static final Duration TIMEOUT = Duration.ofHours(6);
    private static final long ASK_MILLIS = 100;
    private static final String STORE = "store";
    private static final String STATE = "state";

    private final Engine engine;
    private final SnapshotStores stores;
    private final Pipelines pipelines;
    private final GraphBuilder graphs;
    private final StateResources state;
    private final SnapshotReaders readers;

    /**
     * @param plugins classes that pipelines may name
     * @param state what keyed state is kept by
     * @param readers read what the trial wrote
     */
    public EmbeddedRehearser(
            Engine engine, SnapshotStores stores, Plugins plugins, StateResources state, SnapshotReaders readers) {
        this.engine = engine;
        this.stores = stores;
        this.pipelines = new Pipelines(plugins);
        this.graphs = new GraphBuilder(plugins);
        this.state = state;
        this.readers = readers;
    }

    @Override
    public Rehearsal rehearse(Manifest version, String job, String pipeline, String id, BooleanSupplier cancelled) {
        Path directory = state.workDirectory().resolve(id);
        SnapshotStore written = stores.of(!version.content().backend().equals("memory"));
        try (ScratchDirectory scratch = new ScratchDirectory(directory);
                SnapshotStore store =
                        new OverlayStore(written, state.scratchStores().open(scratch.create(STORE)))) {
            CheckedPipeline checked = pipelines.read(pipeline, Pipelines.Syntax.JSON);
            return run(new Trial(version, job, checked, id, cancelled), store, scratch.create(STATE));
        } catch (IOException | RuntimeException e) {
            return new Failed("it could not be restored: " + e.getMessage());
        }
    }

    private Rehearsal run(Trial trial, SnapshotStore store, Path workDirectory) throws IOException {
        PipelineDocument document = trial.pipeline.document();
        JobGraph graph = graphs.build(
                trial.pipeline, new NoEndpoints(trial.version.content().sources()));
        TrialLedger ledger = new TrialLedger(trial.version);
        TrialEnd end = new TrialEnd();
        RunningJob running =
                engine.start(graph, start(trial, document, openState(trial, store, workDirectory)), ledger, end);
        try {
            CompletableFuture<CheckpointOutcome> outcome = running.checkpoint(
                    new CheckpointRequest(trial.id, SnapshotKind.MANUAL, SnapshotMode.FULL, TIMEOUT));
            if (!await(outcome, running, trial.cancelled)) {
                return new GivenUp();
            }
            return ledger.taken().isDone()
                    ? new Restored(digest(ledger.taken().join(), store))
                    : new Failed(
                            end.cause().orElseGet(() -> "it was restored, but took no snapshot: " + outcome.join()));
        } finally {
            running.cancel().join();
        }
    }

    /** Waits until the snapshot is taken, or the trial has ended some other way; false when it is to be given up. */
    private static boolean await(
            CompletableFuture<CheckpointOutcome> outcome, RunningJob running, BooleanSupplier cancelled) {
        CompletableFuture<Object> over = CompletableFuture.anyOf(outcome, running.end());
        while (!cancelled.getAsBoolean()) {
            try {
                over.get(ASK_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private String digest(SnapshotContent content, SnapshotStore store) throws IOException {
        try (SnapshotReader reader = readers.open(content.operators(), content.maxParallelism(), store)) {
            return reader.stateDigest().hex();
        }
    }

    private InstanceState openState(Trial trial, SnapshotStore store, Path workDirectory) throws IOException {
        PipelineDocument document = trial.pipeline.document();
        String backend = document.state().backend().wireName();
        return state.backend(backend)
                .open(new InstanceStateRequest(
                        store,
                        workDirectory,
                        trial.id,
                        document.maxParallelism(),
                        document.state().memoryBudgetBytes(),
                        Duration.ZERO,
                        state.background(),
                        trial.version.content().operators()));
    }

    private static JobStart start(Trial trial, PipelineDocument document, InstanceState opened) {
        CheckpointSettings once = new CheckpointSettings(
                null,
                Duration.ZERO,
                TIMEOUT,
                0,
                CheckpointSettings.Retry.NONE,
                CheckpointSettings.Guarantee.EXACTLY_ONCE,
                null,
                SnapshotMode.FULL);
        return new JobStart(
                trial.job,
                "rehearsal",
                document.state().backend().wireName(),
                opened,
                trial.version.content(),
                List.of(),
                once,
                FullDisk::is);
    }

    /** One trial. */
    private record Trial(
            Manifest version, String job, CheckedPipeline pipeline, String id, BooleanSupplier cancelled) {}
}
