package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Script;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.OperatorFactory;
import java.time.Duration;
import java.util.List;

/**
 * A script, an operator by key, and a sink that counts.
 *
 * @param script what the source plays
 * @param arrivals where rows are counted
 */
record KeyedJob(Script script, Arrivals arrivals) {

    static final String OPERATOR = "by-key";
    private static final String SOURCE = "records";
    private static final String SINK = "out";

    /** A graph for one start. */
    JobGraph graph(int parallelism, OperatorFactory operator) {
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex(
                                SOURCE,
                                parallelism,
                                new ScriptSource(script, parallelism),
                                new EventTime(ScriptSource.CREATED, Duration.ZERO, null),
                                null),
                        new Vertex.OperatorVertex(OPERATOR, parallelism, operator),
                        new Vertex.SinkVertex(SINK, parallelism, new CountingSink(arrivals))),
                List.of(
                        new Edge(SOURCE, OPERATOR, new Exchange.Keyed(List.of(ScriptSource.KEY))),
                        new Edge(OPERATOR, SINK, new Exchange.Forward())),
                Rig.MAX_PARALLELISM);
    }
}
