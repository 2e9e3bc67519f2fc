package io.strandline.runner.embedded;

import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.element.RowType;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.runner.connect.Connectors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads and writes what the pipeline says. */
record LiveEndpoints(Connectors connectors) implements Endpoints {

    @Override
    public SourceVertex source(SourceSpec spec, int parallelism) throws IOException {
        DeadLetters letters = spec.deadLetters();
        return new SourceVertex(
                spec.name(),
                parallelism,
                connectors.source(spec),
                eventTime(spec),
                spec.rate(),
                letters == null ? null : new io.strandline.engine.connector.DeadLetters(letters.max()));
    }

    @Override
    public Sink sink(SinkSpec spec, RowType rows) throws IOException {
        return connectors.sink(spec, rows);
    }

    @Override
    public Sink deadLetters(DeadLetters letters) throws IOException {
        return connectors.deadLetters(letters);
    }

    private static @Nullable EventTime eventTime(SourceSpec spec) {
        SourceSpec.EventTime eventTime = spec.eventTime();
        if (eventTime == null) {
            return null;
        }
        return new EventTime(
                spec.schema().indexOf(eventTime.field()), eventTime.maxOutOfOrderness(), eventTime.idleTimeout());
    }
}
