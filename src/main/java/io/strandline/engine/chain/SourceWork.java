package io.strandline.engine.chain;

import io.strandline.engine.element.Batch;
import java.io.IOException;

/** A source's place in its chain: the rows are there already. */
final class SourceWork implements LinkWork {

    @Override
    public void open() {
        // the head opens the splits
    }

    @Override
    public void process(int input, Batch batch, ChainLink link) throws IOException {
        link.emit(0, batch);
    }
}
