package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.Emission;
import io.strandline.engine.operator.aggregate.KeyedAggregateFactory;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Running count and sum per key, a result for every record, while checkpoints are taken. */
final class RunningAggregate {

    /** The state that holds the counts and sums. */
    static final String STATE = "aggregates";

    private RunningAggregate() {}

    static void run(Rig rig, Result result) throws IOException {
        Parameters asked = rig.asked;
        Arrivals arrivals = new Arrivals(asked.rate() > 0);
        Watch watch = rig.start(new KeyedJob(Script.of(asked), arrivals).graph(asked.parallelism(), aggregate()));
        new SteadyRun(asked, arrivals, watch::checkpoints, watch::alive).measure(result);
        watch.stop();
        check(rig, arrivals.count());
    }

    /** Every record that reached a sink is in the state of the last version, once. */
    private static void check(Rig rig, long records) throws IOException {
        AtomicLong counted = new AtomicLong();
        try (SnapshotReader reader = rig.open(rig.ledger().head())) {
            reader.scan(
                    KeyedJob.OPERATOR,
                    "aggregates",
                    entry -> counted.addAndGet((Long) entry.value().get(0)));
        }
        if (counted.get() != records) {
            throw new IllegalStateException(
                    "%,d records in the state, %,d in the sinks".formatted(counted.get(), records));
        }
    }

    /** Count and sum per key. */
    static OperatorFactory aggregate() {
        return new KeyedAggregateFactory(
                ScriptSource.TYPE,
                List.of(ScriptSource.KEY),
                List.of(
                        Aggregate.count("count"),
                        Aggregate.of("sum", Aggregate.Function.SUM, ColumnType.LONG, ScriptSource.VALUE)),
                new Emission.Changes());
    }
}
