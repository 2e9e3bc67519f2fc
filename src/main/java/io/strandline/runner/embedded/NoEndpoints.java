package io.strandline.runner.embedded;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.element.RowType;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.runner.connect.RowTypes;
import io.strandline.snapshot.SourcePosition;
import java.util.List;

/**
 * Reads nothing and writes nowhere. Sources have no event time either: a watermark would let the restored timers fire.
 *
 * @param positions those of the version that is restored
 */
record NoEndpoints(List<SourcePosition> positions) implements Endpoints {

    NoEndpoints {
        positions = List.copyOf(positions);
    }

    @Override
    public SourceVertex source(SourceSpec spec, int parallelism) {
        List<String> splits = positions.stream()
                .filter(position -> position.source().equals(spec.name()))
                .map(SourcePosition::split)
                .toList();
        DeadLetters letters = spec.deadLetters();
        return new SourceVertex(
                spec.name(),
                parallelism,
                new SilentSource(RowTypes.of(spec.schema()), splits),
                null,
                null,
                letters == null ? null : new io.strandline.engine.connector.DeadLetters(letters.max()));
    }

    @Override
    public Sink sink(SinkSpec spec, RowType rows) {
        return new DiscardSink();
    }

    @Override
    public Sink deadLetters(DeadLetters letters) {
        return new DiscardSink();
    }
}
