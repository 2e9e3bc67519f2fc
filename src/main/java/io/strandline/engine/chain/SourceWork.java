package io.strandline.engine.chain;

import io.strandline.engine.element.Batch;
import java.io.IOException;

/** A source's place in its chain: the rows are there already, and so are the records that could not be read. */
final class SourceWork implements LinkWork {

    private final Rejects rejects;

    SourceWork(Rejects rejects) {
        this.rejects = rejects;
    }

    @Override
    public void open() {
        // the head opens the splits
    }

    @Override
    public void process(int input, Batch batch, ChainLink link) throws IOException {
        if (batch.size() > 0) {
            link.emit(0, batch);
        }
        rejects.emit(link);
    }
}
