package io.strandline.state.instance;

import io.strandline.snapshot.Run;
import io.strandline.state.run.LookupBatch;
import io.strandline.state.run.RunView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A view that is not to be asked before it shows what was restored: it would find nothing. */
record AwaitedView(RunView view, CompletableFuture<Void> opening) implements RunView {

    @Override
    public void show(List<Run> oldestFirst) throws IOException {
        view.show(oldestFirst);
    }

    @Override
    public void visit(ByteBuffer prefix, Consumer<ByteBuffer> found) throws IOException {
        requireOpen();
        view.visit(prefix, found);
    }

    @Override
    public void lookup(LookupBatch batch) throws IOException {
        requireOpen();
        view.lookup(batch);
    }

    private void requireOpen() {
        if (!opening.isDone()) {
            throw new IllegalStateException("state was used before it was ready");
        }
    }

    @Override
    public void close() throws IOException {
        view.close();
    }
}
