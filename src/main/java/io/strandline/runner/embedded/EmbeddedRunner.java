package io.strandline.runner.embedded;

import io.strandline.engine.Engine;
import io.strandline.engine.JobStart;
import io.strandline.engine.RunningJob;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.graph.JobGraph;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.CheckpointSpec;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.StateSpec;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.JobRunner;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotLedger;
import io.strandline.runner.StartObstacle;
import io.strandline.runner.connect.ConnectorResources;
import io.strandline.runner.connect.Connectors;
import io.strandline.runner.connect.Rerouting;
import io.strandline.runner.plugin.Plugins;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.disk.FullDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The runner of this process: jobs run on its engine, state lies on its disk. */
public final class EmbeddedRunner implements JobRunner {

    private static final String MEMORY = "memory";

    private final Engine engine;
    private final SnapshotStores stores;
    private final Pipelines pipelines;
    private final ConnectorResources connectors;
    private final GraphBuilder graphs;
    private final StateResources state;

    /**
     * @param connectors what sources and sinks reach
     * @param plugins classes that pipelines may name
     * @param state what keyed state is kept by
     */
    public EmbeddedRunner(
            Engine engine,
            SnapshotStores stores,
            ConnectorResources connectors,
            Plugins plugins,
            StateResources state) {
        this.engine = engine;
        this.stores = stores;
        this.pipelines = new Pipelines(plugins);
        this.connectors = connectors;
        this.graphs = new GraphBuilder(plugins);
        this.state = state;
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public List<StartObstacle> check(InstanceSpec spec) {
        List<StartObstacle> obstacles = new ArrayList<>();
        CheckedPipeline pipeline = pipeline(spec);
        Manifest version = spec.restoreFrom();
        if (version != null) {
            obstacles.addAll(new VersionCheck(storeOf(version.content().backend())).damages(version));
            compatibility(version, spec.pipeline()).states().stream()
                    .filter(line -> line.verdict() == CompatibilityReport.Verdict.INCOMPATIBLE)
                    .map(line -> new StartObstacle(
                            StartObstacle.Kind.INCOMPATIBLE_STATE, line.operator() + "." + line.state(), line.detail()))
                    .forEach(obstacles::add);
        }
        obstacles.addAll(new Connectors(connectors, spec).obstacles(pipeline));
        return obstacles;
    }

    @Override
    public CompatibilityReport compatibility(Manifest version, String pipeline) {
        return Compatibility.of(version, graphs.states(pipelines.read(pipeline, Pipelines.Syntax.JSON)));
    }

    @Override
    public RunningInstance start(InstanceSpec spec, SnapshotLedger ledger, InstanceListener listener) {
        CheckedPipeline pipeline = pipeline(spec);
        PipelineDocument document = pipeline.document();
        String backend = document.state().backend().wireName();
        OpenedState opened = new OpenedState();
        try {
            JobGraph graph = graphs.build(pipeline, new LiveEndpoints(new Connectors(connectors, spec)));
            InstanceState state = openState(spec, document, opened);
            RunningJob running = engine.start(
                    graph,
                    jobStart(spec, document, state),
                    new LedgerAdapter(ledger),
                    new ListenerAdapter(listener, Connectors.sinkPaths(document)));
            running.end()
                    .thenRunAsync(opened::closeCarried, this.state.background().flusher());
            return new EmbeddedInstance(spec, document.parallelism(), backend, running);
        } catch (IOException | RuntimeException failed) {
            opened.closeAfter(failed);
            FailureCause cause = new FailureCause(
                    "start-failed", "the instance could not be opened: " + failed.getMessage(), null, null, true);
            this.state.background().flusher().execute(() -> listener.failed(cause));
            return new NeverStarted(spec, document.parallelism(), backend);
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    private CheckedPipeline pipeline(InstanceSpec spec) {
        CheckedPipeline stored = pipelines.read(spec.pipeline(), Pipelines.Syntax.JSON);
        if (spec.parallelism() == null
                && spec.backend() == null
                && spec.routes().isEmpty()) {
            return stored;
        }
        String backend = spec.backend();
        return pipelines.check(Rerouting.of(stored.document(), spec.routes())
                .with(
                        spec.parallelism(),
                        backend == null ? null : StateSpec.Backend.valueOf(backend.toUpperCase(Locale.ROOT))));
    }

    private InstanceState openState(InstanceSpec spec, PipelineDocument document, OpenedState opened)
            throws IOException {
        String backend = document.state().backend().wireName();
        SnapshotStore store = storeOf(backend);
        Manifest version = spec.restoreFrom();
        if (version != null && storeOf(version.content().backend()) != store) {
            opened.carried(BlobCarrier.carry(version, storeOf(version.content().backend()), store, spec.instanceId()));
        }
        Duration interval = document.checkpoints().interval();
        return opened.state(state.backend(backend)
                .open(new InstanceStateRequest(
                        store,
                        state.workDirectory().resolve(spec.instanceId()),
                        spec.instanceId(),
                        document.maxParallelism(),
                        document.state().memoryBudgetBytes(),
                        interval == null ? Duration.ZERO : interval,
                        state.background(),
                        version == null ? List.of() : version.content().operators())));
    }

    private SnapshotStore storeOf(String backend) {
        return stores.of(!backend.equals(MEMORY));
    }

    private static JobStart jobStart(InstanceSpec spec, PipelineDocument document, InstanceState state) {
        Manifest version = spec.restoreFrom();
        SnapshotContent restored = version == null ? null : version.content();
        return new JobStart(
                spec.job(),
                spec.on().branch(),
                document.state().backend().wireName(),
                state,
                restored,
                spec.line(),
                checkpoints(document),
                FullDisk::is);
    }

    private static CheckpointSettings checkpoints(PipelineDocument document) {
        CheckpointSpec spec = document.checkpoints();
        return new CheckpointSettings(
                spec.interval(),
                spec.minPause(),
                spec.timeout(),
                spec.tolerableFailures(),
                new CheckpointSettings.Retry(
                        spec.retry().attempts(),
                        spec.retry().initial(),
                        spec.retry().max()),
                CheckpointSettings.Guarantee.valueOf(spec.guarantee().name()),
                alignedTimeout(spec),
                SnapshotMode.valueOf(document.state().snapshots().name()));
    }

    private static @Nullable Duration alignedTimeout(CheckpointSpec spec) {
        if (!spec.unaligned()) {
            return null;
        }
        Duration timeout = spec.alignedTimeout();
        return timeout == null ? Duration.ZERO : timeout;
    }
}
