package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Checkpoint;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.RoundsScript;
import io.strandline.engine.graph.JobGraph;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.storage.Blob;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.util.List;

/**
 * A large state of which one key in a hundred changes between checkpoints: a full snapshot of all, incremental ones after each
 * round, and a restore of the last.
 */
final class ScatteredChanges {

    private static final int SHARE = 100;

    private final Rig rig;
    private final RoundsScript script;
    private final Arrivals arrivals = new Arrivals(false);

    private ScatteredChanges(Rig rig) {
        Parameters asked = rig.asked;
        this.rig = rig;
        this.script =
                new RoundsScript(asked.keys(), asked.parallelism(), asked.keys() / SHARE, asked.seed(), asked.pause());
    }

    static void run(Rig rig, Result result) throws IOException {
        ScatteredChanges changes = new ScatteredChanges(rig);
        changes.snapshots(result);
        changes.restore(result);
    }

    private void snapshots(Result result) throws IOException {
        Watch watch = rig.start(graph(), null, null, state -> state);
        arrivals.await(rig.asked.keys(), watch::alive);
        result.with("fullMillis", watch.checkpoint(SnapshotMode.FULL))
                .with("fullBytes", watch.newest().newBytes());
        double[] millis = new double[rig.asked.rounds()];
        for (int round = 0; round < millis.length; round++) {
            arrivals.await(script.nextRound(), watch::alive);
            millis[round] = watch.checkpoint(SnapshotMode.INCREMENTAL);
        }
        List<Checkpoint> seen = watch.checkpoints();
        result.withSpread("incrementalMillis", millis)
                .withSpread(
                        "newBytes",
                        seen.stream().skip(1).mapToDouble(Checkpoint::newBytes).toArray())
                .withSpread(
                        "namedPerLive",
                        seen.stream()
                                .skip(1)
                                .mapToDouble(each ->
                                        (double) each.totalBytes() / seen.get(0).newBytes())
                                .toArray())
                .with("totalBytes", watch.newest().totalBytes());
        watch.cancel();
    }

    private void restore(Result result) throws IOException {
        Manifest head = rig.ledger().head();
        result.with("checkMillis", checkMillis(head));
        int lanes = arrivals.lanes().size();
        long expected = script.nextRound();
        long begin = System.nanoTime();
        Watch watch = rig.start(graph(), null, head, state -> state);
        result.with("restoreMillis", (arrivals.firstAfter(lanes, watch::alive) - begin) / 1e6);
        arrivals.await(expected, watch::alive);
        result.with("restoreRoundMillis", (System.nanoTime() - begin) / 1e6);
        watch.cancel();
    }

    /** Hashes every file of a version, as a server does once after its start. */
    private double checkMillis(Manifest version) throws IOException {
        try (FileSnapshotStore fresh = rig.openStore()) {
            long begin = System.nanoTime();
            for (Blob blob : version.content().blobs()) {
                fresh.check(blob);
            }
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    private JobGraph graph() {
        return new KeyedJob(script, arrivals).graph(rig.asked.parallelism(), new Payloads(rig.asked.payload()));
    }
}
