package io.strandline.api.stream;

import io.strandline.api.operator.StreamForm;
import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Hands values to a consumer as they come. */
final class ConsumerSink<T> implements Sink {

    private final StreamForm<T> form;
    private final Consumer<? super T> consumer;

    ConsumerSink(StreamForm<T> form, Consumer<? super T> consumer) {
        this.form = form;
        this.consumer = consumer;
    }

    @Override
    public List<OutputMove> recover(SinkStart start) {
        return List.of();
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        return new Writer();
    }

    @Override
    public void commit(long number) {
        // values are handed on at once
    }

    /** Hands on in one subtask. */
    private final class Writer implements SinkWriter {

        @Override
        public void write(Batch batch) {
            for (int row = 0; row < batch.size(); row++) {
                consumer.accept(form.read(batch, row));
            }
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
