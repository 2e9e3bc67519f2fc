package io.strandline.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.engine.Engine;
import io.strandline.inspect.SnapshotOpener;
import io.strandline.ops.MeteredRunner;
import io.strandline.runner.JobRunner;
import io.strandline.runner.Rehearser;
import io.strandline.runner.connect.ConnectorResources;
import io.strandline.runner.embedded.EmbeddedRehearser;
import io.strandline.runner.embedded.EmbeddedRunner;
import io.strandline.runner.embedded.StateResources;
import io.strandline.runner.plugin.Plugins;
import io.strandline.state.RunFormat;
import io.strandline.state.StateBackend;
import io.strandline.state.StateExecutors;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.file.FileSnapshotStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The engine, its state backends, and the runner that drives them. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    /** What supervisors of processes are told by the exit code: the process ended itself, and recovers when started again. */
    private static final int FATAL_EXIT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(EngineConfiguration.class);

    @Bean
    SnapshotReaders snapshotReaders() {
        return new SnapshotReaders(formats());
    }

    @Bean
    SnapshotOpener snapshotOpener(SnapshotReaders readers) {
        return readers::open;
    }

    @Bean
    Engine engine(EngineProperties properties, Clock clock) {
        return new Engine(properties.toSettings(), System::nanoTime, clock, EngineConfiguration::halt);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService stateThreads(EngineProperties properties) {
        return BackgroundThreads.pool("state-io", properties.backgroundThreadCount());
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService mergeThread() {
        return BackgroundThreads.pool("state-merge", 1);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService sealThreads(EngineProperties properties) {
        return BackgroundThreads.pool("state-seal", properties.backgroundThreadCount());
    }

    @Bean
    StateExecutors stateExecutors(
            @Qualifier("stateThreads") ExecutorService stateThreads,
            @Qualifier("mergeThread") ExecutorService mergeThread,
            @Qualifier("sealThreads") ExecutorService sealThreads) {
        return new StateExecutors(stateThreads, mergeThread, sealThreads);
    }

    @Bean
    @Primary
    MeteredRunner jobRunner(@Qualifier("embeddedRunner") JobRunner runner, MeterRegistry registry, Clock clock) {
        return new MeteredRunner(runner, registry, clock);
    }

    @Bean
    EmbeddedRunner embeddedRunner(
            Engine engine,
            SnapshotStores stores,
            ConnectorResources connectors,
            Plugins plugins,
            StateResources stateResources) {
        return new EmbeddedRunner(engine, stores, connectors, plugins, stateResources);
    }

    @Bean
    Rehearser rehearser(
            Engine engine,
            SnapshotStores stores,
            Plugins plugins,
            StateResources stateResources,
            SnapshotReaders readers) {
        return new EmbeddedRehearser(engine, stores, plugins, stateResources, readers);
    }

    @Bean
    StateResources stateResources(DataDirectory directory, StateExecutors stateExecutors, Clock clock) {
        return new StateResources(
                backends(), directory.work(), stateExecutors, scratch -> FileSnapshotStore.open(scratch, clock));
    }

    /** Every backend reads every format, so that a job can go on under another backend. */
    private static List<RunFormat> formats() {
        return List.of(new FlatRunFormat(), new SstRunFormat());
    }

    private static Map<String, StateBackend> backends() {
        RunFormat flat = new FlatRunFormat();
        return Stream.of(
                        new HeapBackend("memory", flat, formats()),
                        new HeapBackend("filesystem", flat, formats()),
                        new RocksdbBackend(new SstRunFormat(), formats()))
                .collect(Collectors.toUnmodifiableMap(StateBackend::name, Function.identity()));
    }

    private static void halt(Throwable fatal) {
        LOG.error("The process ends: it cannot go on after {}", fatal.toString(), fatal);
        Runtime.getRuntime().halt(FATAL_EXIT);
    }
}
