package io.strandline.engine;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A sink that takes rows only while it is open. */
final class Valve implements Sink {

    private volatile boolean open;

    Valve(boolean open) {
        this.open = open;
    }

    void open() {
        open = true;
    }

    @Override
    public List<OutputMove> recover(SinkStart start) {
        return List.of();
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        return new SinkWriter() {
            @Override
            public boolean ready() {
                return open;
            }

            @Override
            public void write(Batch batch) {
                // counted by the engine
            }

            @Override
            public CompletableFuture<Void> prepare(long number) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    @Override
    public void commit(long number) {
        // rows are visible as they come
    }
}
