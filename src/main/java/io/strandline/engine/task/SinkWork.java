package io.strandline.engine.task;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A sink's place in its chain. */
final class SinkWork implements LinkWork {

    private final Sink sink;
    private final SinkWriterContext context;
    private @Nullable SinkWriter writer;

    SinkWork(Sink sink, SinkWriterContext context) {
        this.sink = sink;
        this.context = context;
    }

    @Override
    public void open() throws IOException {
        writer = sink.writer(context);
    }

    @Override
    public void process(int input, Batch batch, ChainLink link) throws IOException {
        writer().write(batch);
    }

    @Override
    public boolean ready() {
        return writer().ready();
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
