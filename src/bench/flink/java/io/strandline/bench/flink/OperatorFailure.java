package io.strandline.bench.flink;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.FailureFigures;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;

/** An operator throws while records come at a fixed rate; Flink restarts the job without delay. */
final class OperatorFailure {

    private OperatorFailure() {}

    static void run(FlinkCluster cluster, Result result) throws Exception {
        Parameters asked = cluster.asked();
        Arrivals arrivals = new Arrivals(true);
        Shared.set(Script.of(asked), arrivals);
        JobID job = cluster.submit(KeyedJob.totals(asked), null);
        BooleanSupplier alive = () -> cluster.alive(job);
        new SteadyRun(asked, arrivals, () -> cluster.checkpoints(job), alive).awaitWarm();
        FailureFigures figures = new FailureFigures(asked, arrivals);
        for (int round = 0; round < asked.rounds(); round++) {
            figures.ready();
            Shared.arm();
            while (Shared.failedNanos() == 0) {
                Thread.onSpinWait();
            }
            figures.recovered(Shared.failedNanos(), alive);
        }
        cluster.cancel(job);
        figures.addTo(result);
    }
}
