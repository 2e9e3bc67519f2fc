package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Checkpoint;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How long steps stand still for a freeze, over many checkpoints at a short interval. */
final class FreezeTimes {

    private static final long PAUSE_NANOS = 10_000_000L;

    private FreezeTimes() {}

    static void run(Rig rig, Result result) throws IOException {
        Parameters asked = rig.asked;
        Arrivals arrivals = new Arrivals(asked.rate() > 0);
        TimedState timed = new TimedState();
        Watch watch = rig.start(
                new KeyedJob(Script.of(asked), arrivals).graph(asked.parallelism(), RunningAggregate.aggregate()),
                Duration.ofMillis(asked.interval()),
                null,
                timed::around);
        new SteadyRun(asked, arrivals, watch::checkpoints, watch::alive).awaitWarm();
        int before = watch.checkpoints().size();
        timed.reset();
        while (watch.alive() && watch.checkpoints().size() < before + asked.rounds()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        List<Checkpoint> seen = watch.checkpoints().stream().skip(before).toList();
        watch.cancel();
        result.withSpread("freezeCpuMicros", timed.micros())
                .withSpread(
                        "freezeMicros",
                        seen.stream().mapToDouble(Checkpoint::freezeMicros).toArray())
                .withSpread(
                        "checkpointMillis",
                        seen.stream().mapToDouble(Checkpoint::millis).toArray());
    }
}
