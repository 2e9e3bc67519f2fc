package io.strandline.engine.chain;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sink's place in its chain. */
final class SinkWork implements LinkWork {

    private final Sink sink;
    private final SinkWriterContext context;
    private final Consumer<@Nullable Throwable> stalls;
    private @Nullable SinkWriter writer;
    private boolean stalled;

    /** @param stalls told why there is no room for more rows, and null when there is again */
    SinkWork(Sink sink, SinkWriterContext context, Consumer<@Nullable Throwable> stalls) {
        this.sink = sink;
        this.context = context;
        this.stalls = stalls;
    }

    @Override
    public void open() throws IOException {
        writer = sink.writer(context);
    }

    @Override
    public boolean ready() throws IOException {
        if (writer == null) {
            return true;
        }
        IOException stall = writer.stall();
        if (stalled != (stall != null)) {
            stalled = stall != null;
            stalls.accept(stall);
        }
        return !stalled && writer.ready();
    }

    @Override
    public void process(int input, Batch batch, ChainLink link) throws IOException {
        writer().write(batch);
    }

    @Override
    public void freeze(Freeze freeze) throws IOException {
        freeze.output(writer().prepare(freeze.number()));
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }

    private SinkWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("not open");
        }
        return writer;
    }
}
