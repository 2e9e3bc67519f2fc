package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.Aggregate;
import io.strandline.engine.operator.Emission;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Operators;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Running count and sum per key, a result for every record, while checkpoints are taken. */
final class RunningAggregate {

    static final String OPERATOR = "by-key";

    private RunningAggregate() {}

    static void run(Rig rig, Result result) throws IOException {
        Parameters asked = rig.asked;
        Arrivals arrivals = new Arrivals(asked.rate() > 0);
        Watch watch = rig.start(graph(asked, Script.of(asked), aggregate(), arrivals));
        new SteadyRun(asked, arrivals, watch::checkpoints, watch::alive).measure(result);
        watch.stop();
        check(rig, arrivals.count());
    }

    /** Every record that reached a sink is in the state of the last version, once. */
    private static void check(Rig rig, long records) throws IOException {
        AtomicLong counted = new AtomicLong();
        try (SnapshotReader reader = rig.open(rig.ledger().head())) {
            reader.scan(
                    OPERATOR,
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
        return Operators.aggregate(
                new ScriptSource((split, offset, rows) -> 0, 1).type(),
                List.of(ScriptSource.KEY),
                List.of(
                        Aggregate.count("count"),
                        Aggregate.of("sum", Aggregate.Function.SUM, ColumnType.LONG, ScriptSource.VALUE)),
                new Emission.Changes());
    }

    /** A script, a keyed operator, and a sink that counts. */
    static JobGraph graph(Parameters asked, Script script, OperatorFactory operator, Arrivals arrivals) {
        int parallelism = asked.parallelism();
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex(
                                "records",
                                parallelism,
                                new ScriptSource(script, parallelism),
                                new EventTime(ScriptSource.CREATED, Duration.ZERO, null),
                                null),
                        new Vertex.OperatorVertex(OPERATOR, parallelism, operator),
                        new Vertex.SinkVertex("out", parallelism, new CountingSink(arrivals))),
                List.of(
                        new Edge("records", OPERATOR, new Exchange.Keyed(List.of(ScriptSource.KEY))),
                        new Edge(OPERATOR, "out", new Exchange.Forward())),
                Rig.MAX_PARALLELISM);
    }
}
