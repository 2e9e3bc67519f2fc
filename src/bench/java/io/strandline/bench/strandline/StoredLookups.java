package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Randoms;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.util.List;

/** Point look-ups in a stored version, with nothing of it open before: the first, and those after it. */
final class StoredLookups {

    private static final int LOOKUPS = 20_000;

    private StoredLookups() {}

    static void run(Rig rig, Result result) throws IOException {
        Parameters asked = rig.asked;
        Arrivals arrivals = new Arrivals(false);
        Watch watch = rig.start(
                new KeyedJob(Script.of(asked), arrivals).graph(asked.parallelism(), RunningAggregate.aggregate()));
        new SteadyRun(asked, arrivals, watch::checkpoints, watch::alive).awaitWarm();
        watch.stop();
        Randoms randoms = Randoms.stream(asked.seed(), asked.parallelism());
        double[] micros = new double[LOOKUPS];
        long begin = System.nanoTime();
        try (SnapshotReader reader = rig.open(rig.ledger().head())) {
            for (int at = 0; at <= LOOKUPS; at++) {
                lookup(reader, Randoms.key(randoms.at(at), asked.keys()));
                long end = System.nanoTime();
                if (at == 0) {
                    result.with("firstLookupMillis", (end - begin) / 1e6);
                } else {
                    micros[at - 1] = (end - begin) / 1e3;
                }
                begin = System.nanoTime();
            }
        }
        result.withSpread("lookupMicros", micros)
                .with("totalBytes", rig.ledger().head().content().totalBytes());
    }

    private static void lookup(SnapshotReader reader, long key) throws IOException {
        if (reader.lookup(KeyedJob.OPERATOR, RunningAggregate.STATE, List.of(key))
                .isEmpty()) {
            throw new IllegalStateException("no entry under key " + key + "; was every key written?");
        }
    }
}
