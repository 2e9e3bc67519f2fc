package io.strandline.engine.channel;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.RowType;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/** A bounded queue from one subtask to another, and the way back for batches that have been read. */
public final class Channel {

    private final SpscArrayQueue<Element> queue;
    private final SpscArrayQueue<Batch> recycled;
    private final int input;
    private final RowType type;
    private final int batchSize;

    /**
     * An empty channel for {@code capacity} elements.
     *
     * @param input which of the receiver's inputs it belongs to
     */
    public Channel(int input, RowType type, int batchSize, int capacity) {
        this.input = input;
        this.type = type;
        this.batchSize = batchSize;
        this.queue = new SpscArrayQueue<>(capacity);
        this.recycled = new SpscArrayQueue<>(capacity + 2);
    }

    int input() {
        return input;
    }

    /** The sender's: adds an element unless the channel is full. */
    boolean offer(Element element) {
        return queue.offer(element);
    }

    /** The sender's: an empty batch to fill. */
    Batch acquire() {
        Batch batch = recycled.poll();
        return batch == null ? new Batch(type, batchSize) : batch;
    }

    /** The receiver's: the next element, if there is one. */
    @Nullable
    Element poll() {
        return queue.poll();
    }

    /** The receiver's: gives a batch back. */
    void release(Batch batch) {
        batch.clear();
        recycled.offer(batch);
    }
}
