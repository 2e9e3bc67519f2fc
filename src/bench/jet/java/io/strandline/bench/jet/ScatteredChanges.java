package io.strandline.bench.jet;

import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.JobStatus;
import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Checkpoint;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.RoundsScript;

/** A large state of which one key in a hundred changes between checkpoints, each of which Jet writes in full. */
final class ScatteredChanges {

    private static final int SHARE = 100;

    private final JetMember member;
    private final Parameters asked;
    private final RoundsScript script;
    private final Arrivals arrivals = new Arrivals(false);

    ScatteredChanges(JetMember member) {
        this.member = member;
        this.asked = member.asked();
        this.script =
                new RoundsScript(asked.keys(), asked.parallelism(), asked.keys() / SHARE, asked.seed(), asked.pause());
    }

    void run(Result result) {
        Shared.set(script, arrivals);
        int size = asked.payload();
        Job job = member.submit(() -> new PayloadProcessor(size));
        arrivals.await(asked.keys(), () -> member.alive(job));
        Checkpoint full = next(job);
        result.with("fullMillis", full.millis()).with("fullBytes", full.newBytes());
        double[] millis = new double[asked.rounds()];
        double[] bytes = new double[asked.rounds()];
        for (int round = 0; round < millis.length; round++) {
            arrivals.await(script.nextRound(), () -> member.alive(job));
            Checkpoint one = next(job);
            millis[round] = one.millis();
            bytes[round] = one.newBytes();
        }
        result.withSpread("incrementalMillis", millis)
                .withSpread("newBytes", bytes)
                .with("totalBytes", (long) bytes[bytes.length - 1]);
        restore(job, result);
        job.cancel();
    }

    private void restore(Job job, Result result) {
        job.suspend();
        member.await(job, JobStatus.SUSPENDED);
        int lanes = arrivals.lanes().size();
        long expected = script.nextRound();
        long begin = System.nanoTime();
        job.resume();
        result.with("restoreMillis", (arrivals.firstAfter(lanes, () -> member.alive(job)) - begin) / 1e6);
        arrivals.await(expected, () -> member.alive(job));
        result.with("restoreRoundMillis", (System.nanoTime() - begin) / 1e6);
    }

    /** Waits for a snapshot that began after now; they come by the interval. */
    private Checkpoint next(Job job) {
        long now = System.nanoTime();
        Checkpoint newest = member.newest(job);
        while (newest == null || newest.endNanos() - (long) (newest.millis() * 1e6) - now < 0) {
            Arrivals.pause(1_000_000L, () -> member.alive(job));
            newest = member.newest(job);
        }
        return newest;
    }
}
