package io.strandline.engine;

import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.row.ComputedColumn;
import io.strandline.engine.operator.row.MapFactory;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.List;

/** Pipelines that fail while they run. */
final class BrokenJobs {

    private BrokenJobs() {}

    /** Divides by (500 - offset). */
    static JobGraph divides(SequenceSource source, int parallelism) {
        ColumnFunction quotient = batch -> {
            long[] result = new long[batch.capacity()];
            for (int row = 0; row < batch.size(); row++) {
                result[row] = 1_000_000 / (500 - batch.longs(1)[row]);
            }
            return result;
        };
        ComputedColumn column = new ComputedColumn(new Column("quotient", ColumnType.LONG), () -> quotient);
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", parallelism, source, null, null),
                        new Vertex.OperatorVertex("divide", parallelism, new MapFactory(List.of(column))),
                        new Vertex.SinkVertex("out", parallelism, new DiscardSink())),
                List.of(
                        new Edge("numbers", "divide", new Exchange.Forward()),
                        new Edge("divide", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }
}
