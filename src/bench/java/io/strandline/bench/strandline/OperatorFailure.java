package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.FailureFigures;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An operator throws while records come at a fixed rate; the job is started again at once from its last version. */
final class OperatorFailure {

    private final Rig rig;
    private final KeyedJob job;
    private final FailureSwitch failure = new FailureSwitch();

    private OperatorFailure(Rig rig, Arrivals arrivals) {
        this.rig = rig;
        this.job = new KeyedJob(Script.of(rig.asked), arrivals);
    }

    static void run(Rig rig, Result result) throws IOException {
        Parameters asked = rig.asked;
        Arrivals arrivals = new Arrivals(true);
        OperatorFailure failing = new OperatorFailure(rig, arrivals);
        Watch watch = failing.start(null);
        new SteadyRun(asked, arrivals, watch::checkpoints, watch::alive).awaitWarm();
        FailureFigures figures = new FailureFigures(asked, arrivals);
        for (int round = 0; round < asked.rounds(); round++) {
            watch = failing.fail(watch, figures);
        }
        watch.cancel();
        figures.addTo(result);
    }

    private Watch fail(Watch running, FailureFigures figures) throws IOException {
        figures.ready();
        failure.arm();
        running.job().end().join();
        Watch again = start(rig.ledger().head());
        figures.recovered(failure.failedNanos(), again::alive);
        return again;
    }

    private Watch start(@Nullable Manifest from) throws IOException {
        return rig.start(
                job.graph(rig.asked.parallelism(), failure.around(RunningAggregate.aggregate())),
                Duration.ofMillis(rig.asked.interval()),
                from,
                state -> state);
    }
}
