package io.strandline.bench.jet;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.function.SupplierEx;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Vertex;
import com.hazelcast.jet.impl.JetServiceBackend;
import com.hazelcast.jet.impl.JobExecutionRecord;
import com.hazelcast.jet.impl.JobRepository;
import io.strandline.bench.measure.Checkpoint;
import io.strandline.bench.measure.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A member that is a cluster by itself, and the one job it runs. */
final class JetMember implements AutoCloseable {

    private static final long REST_NANOS = 1_000_000L;

    private final Parameters asked;
    private final HazelcastInstance hazelcast;
    private final JobRepository repository;

    JetMember(Parameters asked) {
        this.asked = asked;
        this.hazelcast = Hazelcast.newHazelcastInstance(settings());
        JetServiceBackend service = ((HazelcastInstanceProxy) hazelcast)
                .getOriginal()
                .node
                .getNodeEngine()
                .getService(JetServiceBackend.SERVICE_NAME);
        this.repository = service.getJobRepository();
    }

    Parameters asked() {
        return asked;
    }

    /** Starts a job whose keyed step is made by {@code keyed}. */
    Job submit(SupplierEx<Processor> keyed) {
        DAG graph = new DAG();
        Vertex source = graph.newVertex("records", ScriptProcessor::new).localParallelism(asked.parallelism());
        Vertex totals = graph.newVertex("by-key", keyed).localParallelism(asked.parallelism());
        graph.edge(Edge.between(source, totals).partitioned(Reading::key, new KeyPartitioner()));
        JobConfig config = new JobConfig()
                .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                .setSnapshotIntervalMillis(asked.interval())
                .setSuspendOnFailure(true);
        return hazelcast.getJet().newJob(graph, config);
    }

    boolean alive(Job job) {
        JobStatus status = job.getStatus();
        return status != JobStatus.FAILED && status != JobStatus.COMPLETED;
    }

    /** The newest snapshot, null before the first. */
    @Nullable
    Checkpoint newest(Job job) {
        JobExecutionRecord record = repository.getJobExecutionRecord(job.getId());
        if (record == null
                || record.snapshotStats() == null
                || record.snapshotStats().endTime() == 0) {
            return null;
        }
        JobExecutionRecord.SnapshotStats statistics = record.snapshotStats();
        long wallToNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return new Checkpoint(
                TimeUnit.MILLISECONDS.toNanos(statistics.endTime()) + wallToNanos,
                statistics.duration(),
                Double.NaN,
                statistics.numBytes(),
                statistics.numBytes());
    }

    /** Waits for a status. */
    void await(Job job, JobStatus status) {
        await(() -> job.getStatus() == status);
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    /** Notes snapshots as they complete, because the member remembers the newest only. */
    List<Checkpoint> follow(Job job) {
        List<Checkpoint> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread follower = new Thread(() -> follow(job, seen), "snapshots");
        follower.setDaemon(true);
        follower.start();
        return seen;
    }

    @Override
    public void close() {
        hazelcast.shutdown();
    }

    private void follow(Job job, List<Checkpoint> seen) {
        List<Checkpoint> last = new ArrayList<>();
        while (hazelcast.getLifecycleService().isRunning()) {
            Checkpoint newest = newest(job);
            if (newest != null && (last.isEmpty() || later(newest, last.get(0)))) {
                last.clear();
                last.add(newest);
                seen.add(newest);
            }
            LockSupport.parkNanos(20 * REST_NANOS);
        }
    }

    /** Ends are known to about a millisecond. */
    private static boolean later(Checkpoint one, Checkpoint other) {
        return one.endNanos() - other.endNanos() > 5 * REST_NANOS;
    }

    private Config settings() {
        Config config = new Config();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.partition.count", Integer.toString(KeyPartitioner.PARTITIONS));
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(cores());
        return config;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
