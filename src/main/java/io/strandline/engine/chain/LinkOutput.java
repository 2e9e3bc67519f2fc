package io.strandline.engine.chain;

import io.strandline.engine.channel.ExchangeWriter;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import java.io.IOException;
import java.util.List;

/** Where the rows of one output of a link go: to links behind it in the chain and to other subtasks. */
public final class LinkOutput {

    private final ChainLink[] next;
    private final ExchangeWriter[] writers;

    /** An output with the links and exchanges that read it. */
    public LinkOutput(List<ChainLink> next, List<ExchangeWriter> writers) {
        this.next = next.toArray(ChainLink[]::new);
        this.writers = writers.toArray(ExchangeWriter[]::new);
    }

    void emit(Batch batch) throws IOException {
        for (ChainLink link : next) {
            link.process(0, batch);
        }
        for (ExchangeWriter writer : writers) {
            writer.write(batch);
        }
    }

    void broadcast(Element element) {
        for (ExchangeWriter writer : writers) {
            writer.broadcast(element);
        }
    }

    void flushRows() {
        for (ExchangeWriter writer : writers) {
            writer.flush();
        }
    }

    boolean hasOpenRows() {
        for (ExchangeWriter writer : writers) {
            if (writer.hasOpenRows()) {
                return true;
            }
        }
        return false;
    }

    boolean drain() {
        boolean drained = true;
        for (ExchangeWriter writer : writers) {
            drained &= writer.drain();
        }
        return drained;
    }
}
