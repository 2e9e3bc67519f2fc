package io.strandline.runner.embedded;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.element.RowType;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import java.io.IOException;

/** What a graph reads from and writes to. */
interface Endpoints {

    /** A source as it stands in the graph. */
    SourceVertex source(SourceSpec spec, int parallelism) throws IOException;

    /** A sink for rows of a type. */
    Sink sink(SinkSpec spec, RowType rows) throws IOException;

    /** A sink for records that cannot be processed. */
    Sink deadLetters(DeadLetters letters) throws IOException;
}
