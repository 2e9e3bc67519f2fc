package io.strandline.engine.connector.discard;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Forgets rows; the job's metrics count them. */
public final class DiscardSink implements Sink {

    @Override
    public List<OutputMove> recover(SinkStart start) {
        return List.of();
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        return new DiscardWriter();
    }

    @Override
    public void commit(long number) {
        // nothing was staged
    }

    /** Has nothing to stage. */
    private static final class DiscardWriter implements SinkWriter {

        @Override
        public void write(Batch batch) {
            // forgotten
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
