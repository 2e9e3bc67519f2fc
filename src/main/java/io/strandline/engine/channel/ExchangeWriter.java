package io.strandline.engine.channel;

import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.Element;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of an edge in one subtask: collects rows into a batch for each receiver and sends it when it is full.
 *
 * <p>Never refuses: what a full channel does not take is parked, and the subtask takes no input until {@link #drain} says that
 * nothing is. A step emits little, so little is ever parked.
 */
public final class ExchangeWriter {

    private final Channel[] channels;
    private final @Nullable Batch[] open;
    private final List<Deque<Element>> parked;
    private final @Nullable KeyPartitioner partitioner;
    private int parkedElements;
    private boolean openRows;

    private ExchangeWriter(List<Channel> channels, @Nullable KeyPartitioner partitioner) {
        this.channels = channels.toArray(Channel[]::new);
        this.open = new Batch[this.channels.length];
        this.parked = channels.stream()
                .<Deque<Element>>map(channel -> new ArrayDeque<>())
                .toList();
        this.partitioner = partitioner;
    }

    /** Sends every row to one receiver. */
    public static ExchangeWriter forward(Channel channel) {
        return new ExchangeWriter(List.of(channel), null);
    }

    /** Sends every row to every receiver. */
    public static ExchangeWriter broadcast(List<Channel> channels) {
        return new ExchangeWriter(channels, null);
    }

    /** Sends every row to the receiver that owns its key group. */
    public static ExchangeWriter keyed(List<Channel> channels, BatchKeys keys, int maxParallelism, int batchSize) {
        return new ExchangeWriter(channels, new KeyPartitioner(keys, channels.size(), maxParallelism, batchSize));
    }

    /** Takes rows, which belong to the caller again on return. */
    public void write(Batch batch) {
        if (partitioner != null) {
            partition(batch, partitioner);
            return;
        }
        for (int receiver = 0; receiver < channels.length; receiver++) {
            copy(batch, receiver);
        }
    }

    /** Whether some rows wait for their batch to fill. */
    public boolean hasOpenRows() {
        return openRows;
    }

    /** Sends batches that are not full. */
    public void flush() {
        if (!openRows) {
            return;
        }
        for (int receiver = 0; receiver < channels.length; receiver++) {
            send(receiver);
        }
        openRows = false;
    }

    /** Sends a watermark or barrier to every receiver, behind all rows; a barrier that may overtake them is announced. */
    public void broadcast(Element element) {
        flush();
        for (int receiver = 0; receiver < channels.length; receiver++) {
            if (element instanceof Barrier barrier && barrier.patienceNanos() != Barrier.PATIENT) {
                channels[receiver].announce(barrier);
            }
            enqueue(receiver, element);
        }
    }

    /** Sends what is parked as far as there is room; whether nothing is parked any more. */
    public boolean drain() {
        if (parkedElements == 0) {
            return true;
        }
        for (int receiver = 0; receiver < channels.length; receiver++) {
            Deque<Element> waiting = parked.get(receiver);
            Element element = waiting.peek();
            while (element != null && channels[receiver].offer(element)) {
                waiting.remove();
                parkedElements--;
                element = waiting.peek();
            }
        }
        return parkedElements == 0;
    }

    private void copy(Batch batch, int receiver) {
        int from = 0;
        while (from < batch.size()) {
            Batch target = target(receiver);
            int count = Math.min(batch.size() - from, target.capacity() - target.size());
            target.append(batch, from, count);
            from += count;
            sendIfFull(receiver, target);
        }
    }

    private void partition(Batch batch, KeyPartitioner keyed) {
        long[] hashes = keyed.partition(batch);
        for (int receiver = 0; receiver < channels.length; receiver++) {
            int[] rows = keyed.rows(receiver);
            int count = keyed.count(receiver);
            int from = 0;
            while (from < count) {
                Batch target = target(receiver);
                int taken = Math.min(count - from, target.capacity() - target.size());
                long[] carried = target.hashesToFill();
                for (int i = 0; i < taken; i++) {
                    carried[target.size() + i] = hashes[rows[from + i]];
                }
                target.append(batch, rows, from, taken);
                from += taken;
                sendIfFull(receiver, target);
            }
        }
    }

    private Batch target(int receiver) {
        Batch batch = open[receiver];
        if (batch == null) {
            batch = channels[receiver].acquire();
            open[receiver] = batch;
        }
        openRows = true;
        return batch;
    }

    private void sendIfFull(int receiver, Batch batch) {
        if (batch.full()) {
            send(receiver);
        }
    }

    private void send(int receiver) {
        Batch batch = open[receiver];
        if (batch != null) {
            open[receiver] = null;
            enqueue(receiver, batch);
        }
    }

    private void enqueue(int receiver, Element element) {
        Deque<Element> waiting = parked.get(receiver);
        if (!waiting.isEmpty() || !channels[receiver].offer(element)) {
            waiting.add(element);
            parkedElements++;
        }
    }
}
