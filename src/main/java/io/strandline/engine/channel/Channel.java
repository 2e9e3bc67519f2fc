package io.strandline.engine.channel;

import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.RowType;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from one subtask to another, the way back for batches that have been read, and a slot in which a barrier is
 * announced ahead of its place in the queue.
 */
public final class Channel {

    private final SpscArrayQueue<Element> queue;
    private final SpscArrayQueue<Batch> recycled;
    private final int input;
    private final RowType type;
    private final int batchSize;
    private final Doorbell sender;
    private final Doorbell receiver;
    private volatile @Nullable Barrier announced;
    private volatile boolean senderWaits;

    /**
     * An empty channel.
     *
     * @param input which of the receiver's inputs it belongs to
     */
    public Channel(int input, RowType type, Room room, Doorbell sender, Doorbell receiver) {
        this.input = input;
        this.type = type;
        this.batchSize = room.batchSize();
        this.sender = sender;
        this.receiver = receiver;
        this.queue = new SpscArrayQueue<>(room.elements());
        this.recycled = new SpscArrayQueue<>(room.elements() + 2);
    }

    /**
     * What a channel has room for.
     *
     * @param elements most elements that wait in it
     * @param batchSize most rows in a batch
     */
    public record Room(int elements, int batchSize) {}

    /** Elements that wait in it, about; by any thread. */
    public int waiting() {
        return queue.size();
    }

    /** Most elements that can. */
    public int capacity() {
        return queue.capacity();
    }

    int input() {
        return input;
    }

    /** The sender's: adds an element unless the channel is full; then the sender is woken when there is room. */
    boolean offer(Element element) {
        boolean added = queue.offer(element);
        if (!added) {
            senderWaits = true;
            added = queue.offer(element);
        }
        if (added) {
            receiver.ring();
        }
        return added;
    }

    /** The sender's: tells of a barrier that is on its way through the queue. */
    void announce(Barrier barrier) {
        announced = barrier;
        receiver.ring();
    }

    /** The sender's: an empty batch to fill. */
    Batch acquire() {
        Batch batch = recycled.poll();
        return batch == null ? new Batch(type, batchSize) : batch;
    }

    /** The receiver's: the newest barrier on its way, if there was one. */
    @Nullable
    Barrier announced() {
        return announced;
    }

    /** The receiver's: the next element, if there is one. */
    @Nullable
    Element poll() {
        Element element = queue.poll();
        if (senderWaits) {
            senderWaits = false;
            sender.ring();
        }
        return element;
    }

    /** The receiver's: gives a batch back. */
    void release(Batch batch) {
        batch.forget();
        recycled.offer(batch);
    }
}
