package io.strandline.bench.flink;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Checkpoint;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.RoundsScript;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.CheckpointType;
import org.jspecify.annotations.Nullable;

/** A large state of which one key in a hundred changes between checkpoints. */
final class ScatteredChanges {

    private static final int SHARE = 100;

    private final FlinkCluster cluster;
    private final Parameters asked;
    private final RoundsScript script;
    private final Arrivals arrivals = new Arrivals(false);

    ScatteredChanges(FlinkCluster cluster) {
        this.cluster = cluster;
        this.asked = cluster.asked();
        this.script =
                new RoundsScript(asked.keys(), asked.parallelism(), asked.keys() / SHARE, asked.seed(), asked.pause());
    }

    void run(Result result) throws Exception {
        Shared.set(script, arrivals);
        JobID job = submit(null);
        arrivals.await(asked.keys(), () -> cluster.alive(job));
        result.with("fullMillis", checkpoint(job, CheckpointType.FULL))
                .with("fullBytes", newest(job).newBytes());
        double[] millis = new double[asked.rounds()];
        for (int round = 0; round < millis.length; round++) {
            arrivals.await(script.nextRound(), () -> cluster.alive(job));
            millis[round] = checkpoint(job, CheckpointType.CONFIGURED);
        }
        List<Checkpoint> seen = cluster.checkpoints(job);
        result.withSpread("incrementalMillis", millis)
                .withSpread(
                        "newBytes",
                        seen.stream().skip(1).mapToDouble(Checkpoint::newBytes).toArray())
                .with("totalBytes", newest(job).totalBytes());
        String path = cluster.newestPath(job);
        cluster.cancel(job);
        restore(path, result);
    }

    private void restore(String path, Result result) throws Exception {
        int lanes = arrivals.lanes().size();
        long expected = script.nextRound();
        long begin = System.nanoTime();
        JobID job = submit(path);
        result.with("restoreMillis", (arrivals.firstAfter(lanes, () -> cluster.alive(job)) - begin) / 1e6);
        arrivals.await(expected, () -> cluster.alive(job));
        result.with("restoreRoundMillis", (System.nanoTime() - begin) / 1e6);
        cluster.cancel(job);
    }

    private JobID submit(@Nullable String path) throws Exception {
        return cluster.submit(new KeyedJob(asked, new Payloads(asked.payload())), path);
    }

    private double checkpoint(JobID job, CheckpointType type) throws Exception {
        long begin = System.nanoTime();
        cluster.checkpoint(job, type);
        return (System.nanoTime() - begin) / 1e6;
    }

    private Checkpoint newest(JobID job) {
        List<Checkpoint> all = cluster.checkpoints(job);
        return all.get(all.size() - 1);
    }
}
