package io.strandline.bench.strandline;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Lane;
import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Counts rows as they arrive; their event times are when they were created.
 *
 * @param arrivals where they are counted
 */
record CountingSink(Arrivals arrivals) implements Sink {

    @Override
    public List<OutputMove> recover(SinkStart start) {
        return List.of();
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        return new Writer(arrivals.open());
    }

    @Override
    public void commit(long number) {
        // nothing was staged
    }

    /** Counts into a lane. */
    private record Writer(Lane lane) implements SinkWriter {

        @Override
        public void write(Batch batch) {
            lane.many(batch.timestamps(), batch.size());
        }

        @Override
        public CompletableFuture<Void> prepare(long number) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
