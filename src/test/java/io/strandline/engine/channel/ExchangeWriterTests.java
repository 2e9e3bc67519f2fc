package io.strandline.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.state.KeyColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sharing rows out over receivers, and what happens when they do not take them. */
class ExchangeWriterTests {

    private static final int KEY_GROUPS = 16;
    private static final RowType ROWS =
            new RowType(List.of(new Column("key", ColumnType.STRING), new Column("n", ColumnType.LONG)));

    @Test
    void sendsEachRowToTheOwnerOfItsKeyGroupWithItsHash() {
        List<Channel> channels = channels(3, 64);
        ExchangeWriter writer = ExchangeWriter.keyed(channels, new BatchKeys(ROWS, List.of(0)), KEY_GROUPS, 8);
        for (int from = 0; from < 100; from += 8) {
            writer.write(rows(from, 8));
        }
        writer.flush();

        List<Long> seen = new ArrayList<>();
        for (int receiver = 0; receiver < 3; receiver++) {
            KeyGroupRange owned = KeyGroupRange.of(receiver, 3, KEY_GROUPS);
            for (Batch batch : batches(channels.get(receiver))) {
                long[] expected =
                        new BatchKeys(ROWS, List.of(0)).ofUnhashed(batch).hashes();
                for (int row = 0; row < batch.size(); row++) {
                    assertThat(batch.hashes()[row]).isEqualTo(expected[row]);
                    assertThat(owned.contains(KeyColumns.keyGroup(expected[row], KEY_GROUPS)))
                            .isTrue();
                    assertThat(batch.timestamps()[row]).isEqualTo(batch.longs(1)[row] * 10);
                    seen.add(batch.longs(1)[row]);
                }
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 104).mapToObj(Long::valueOf).toList());
    }

    @Test
    void sendsEveryRowOfABroadcastToEveryReceiver() {
        List<Channel> channels = channels(3, 64);
        ExchangeWriter writer = ExchangeWriter.broadcast(channels);
        writer.write(rows(0, 5));
        writer.write(rows(5, 6));
        writer.flush();

        for (Channel channel : channels) {
            List<Long> seen = new ArrayList<>();
            for (Batch batch : batches(channel)) {
                for (int row = 0; row < batch.size(); row++) {
                    seen.add(batch.longs(1)[row]);
                }
            }
            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 11).mapToObj(Long::valueOf).toList());
        }
    }

    @Test
    void parksInOrderWhatAFullChannelDoesNotTake() {
        Channel channel = new Channel(0, ROWS, new Channel.Room(4, 2), new Doorbell(), new Doorbell());
        ExchangeWriter writer = ExchangeWriter.forward(channel);
        for (int from = 0; from < 16; from += 2) {
            writer.write(rows(from, 2));
        }
        writer.broadcast(new Barrier(1, 0));
        assertThat(writer.drain()).isFalse();

        List<String> order = new ArrayList<>();
        for (Element element = channel.poll(); element != null; element = channel.poll()) {
            order.add(element instanceof Batch batch ? String.valueOf(batch.longs(1)[0]) : "barrier");
            writer.drain();
        }
        assertThat(order).containsExactly("0", "2", "4", "6", "8", "10", "12", "14", "barrier");
        assertThat(writer.drain()).isTrue();
    }

    @Test
    void fillsReturnedBatchesAgain() {
        Channel channel = new Channel(0, ROWS, new Channel.Room(4, 2), new Doorbell(), new Doorbell());
        ExchangeWriter writer = ExchangeWriter.forward(channel);
        writer.write(rows(0, 2));
        Batch first = batches(channel).get(0);
        channel.release(first);
        writer.write(rows(2, 2));

        assertThat(batches(channel).get(0)).isSameAs(first);
    }

    private static List<Channel> channels(int count, int capacity) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Channel(0, ROWS, new Channel.Room(capacity, 8), new Doorbell(), new Doorbell()))
                .toList();
    }

    private static List<Batch> batches(Channel channel) {
        List<Batch> batches = new ArrayList<>();
        for (Element element = channel.poll(); element != null; element = channel.poll()) {
            batches.add((Batch) element);
        }
        return batches;
    }

    private static Batch rows(int from, int count) {
        Batch batch = new Batch(ROWS, count);
        for (int row = 0; row < count; row++) {
            batch.objects(0)[row] = "K" + (from + row) % 37;
            batch.longs(1)[row] = from + row;
            batch.timestamps()[row] = (from + row) * 10L;
        }
        batch.size(count);
        return batch;
    }
}
