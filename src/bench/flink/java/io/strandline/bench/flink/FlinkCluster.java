package io.strandline.bench.flink;

import io.strandline.bench.measure.Checkpoint;
import io.strandline.bench.measure.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.checkpoint.SubtaskStateStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.state.rocksdb.PredefinedOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A cluster in this process, with its checkpoints in a directory that is deleted at the end. */
final class FlinkCluster implements AutoCloseable {

    private static final int HISTORY = 10_000;
    private static final int PATIENCE_SECONDS = 600;
    private static final long ASK_NANOS = 200_000_000L;
    private static final long REST_NANOS = 1_000_000L;

    private final Parameters asked;
    private final Path directory;
    private final MiniCluster cluster;
    private long askedNanos;
    private boolean alive;

    FlinkCluster(Parameters asked) throws Exception {
        this.asked = asked;
        this.askedNanos = System.nanoTime();
        this.alive = true;
        this.directory = Files.createTempDirectory(asked.directory(), "flink-bench-");
        this.cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(asked.parallelism())
                .withRandomPorts()
                .build());
        cluster.start();
    }

    Parameters asked() {
        return asked;
    }

    /**
     * Starts a job.
     *
     * @param from the path of the checkpoint to go on from, null for a fresh start
     */
    JobID submit(KeyedJob job, @Nullable String from) throws Exception {
        Configuration settings = settings();
        if (from != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(asked.parallelism());
        environment.setMaxParallelism(128);
        job.addTo(environment);
        return cluster.submitJob(environment.getStreamGraph().getJobGraph())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .getJobID();
    }

    /** Takes a checkpoint. */
    void checkpoint(JobID job, CheckpointType type) throws Exception {
        cluster.triggerCheckpoint(job, type).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Where the newest checkpoint lies. */
    String newestPath(JobID job) {
        return statistics(job).getHistory().getLatestCompletedCheckpoint().getExternalPath();
    }

    /** Whether the job has not ended; asked of the cluster now and then only, because asking costs time. */
    boolean alive(JobID job) {
        long now = System.nanoTime();
        if (now - askedNanos > ASK_NANOS) {
            askedNanos = now;
            alive = !ended(job);
        }
        return alive;
    }

    /** Completed checkpoints, oldest first. */
    List<Checkpoint> checkpoints(JobID job) {
        long wallToNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return statistics(job).getHistory().getCheckpoints().stream()
                .filter(one -> one.getStatus() == CheckpointStatsStatus.COMPLETED)
                .sorted(Comparator.comparingLong(AbstractCheckpointStats::getCheckpointId))
                .map(one -> checkpoint(one, wallToNanos))
                .toList();
    }

    void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (!ended(job)) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private boolean ended(JobID job) {
        return graph(job).getState().isGloballyTerminalState();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Checkpoint checkpoint(AbstractCheckpointStats one, long wallToNanos) {
        long endMillis = one.getTriggerTimestamp() + one.getEndToEndDuration();
        double sync = one.getAllTaskStateStats().stream()
                .flatMap(task -> Arrays.stream(task.getSubtaskStats()))
                .mapToLong(SubtaskStateStats::getSyncCheckpointDuration)
                .max()
                .orElse(0);
        return new Checkpoint(
                TimeUnit.MILLISECONDS.toNanos(endMillis) + wallToNanos,
                one.getEndToEndDuration(),
                sync * 1e3,
                one.getCheckpointedSize(),
                one.getStateSize());
    }

    private CheckpointStatsSnapshot statistics(JobID job) {
        CheckpointStatsSnapshot statistics = graph(job).getCheckpointStatsSnapshot();
        if (statistics == null) {
            throw new IllegalStateException("checkpoints are off");
        }
        return statistics;
    }

    private AccessExecutionGraph graph(JobID job) {
        return cluster.getExecutionGraph(job).join();
    }

    private Configuration settings() throws IOException {
        Configuration settings = new Configuration();
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(asked.budget()));
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, HISTORY);
        settings.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                asked.interval() == 0 || asked.workload().equals("w2")
                        ? Duration.ofDays(1)
                        : Duration.ofMillis(asked.interval()));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        if (asked.rate() > 0) {
            settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        }
        if (asked.backend().equals("rocksdb")) {
            addRocks(settings);
        } else {
            settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        }
        return settings;
    }

    private static void addRocks(Configuration settings) {
        settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(RocksDBOptions.PREDEFINED_OPTIONS, PredefinedOptions.FLASH_SSD_OPTIMIZED.name());
        settings.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        settings.set(RocksDBConfigurableOptions.BLOOM_FILTER_BLOCK_BASED_MODE, false);
    }
}
