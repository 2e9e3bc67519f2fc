package io.strandline.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Alignment of barriers and merging of watermarks. */
class InputGateTests {

    private static final RowType ROWS = new RowType(List.of(new Column("n", ColumnType.LONG)));

    private final List<Channel> channels = IntStream.range(0, 3)
            .mapToObj(i -> new Channel(0, ROWS, new Channel.Room(16, 4), new Doorbell(), new Doorbell()))
            .toList();

    @Test
    void blocksAChannelThatDeliveredTheBarrierUntilAllHave() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        send(0, new Barrier(1, 0), rows(10));
        send(1, rows(20));
        send(2, new Barrier(1, 0), rows(30));

        assertThat(take(gate)).containsExactly("20");
        send(1, new Barrier(1, 0));
        assertThat(take(gate).get(0)).isEqualTo("barrier 1");
        assertThat(take(gate)).isEmpty();
    }

    @Test
    void yieldsRowsBehindABarrierOnlyAfterIt() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        send(0, new Barrier(1, 0), rows(10));
        send(1, new Barrier(1, 0), rows(20));
        send(2, rows(30), new Barrier(1, 0));

        assertThat(take(gate))
                .startsWith("30", "barrier 1")
                .contains("10", "20")
                .hasSize(4);
    }

    @Test
    void readsOnWithoutAlignmentAndStillYieldsTheBarrierOnce() {
        InputGate gate = new InputGate(channels, false, Watermark.NONE);
        send(0, new Barrier(1, 0), rows(10));
        send(1, rows(20));
        assertThat(take(gate)).containsExactlyInAnyOrder("10", "20");
        send(1, new Barrier(1, 0));
        send(2, new Barrier(1, 0));

        assertThat(take(gate)).containsExactly("barrier 1");
    }

    @Test
    void forgetsAnAbortedAttempt() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        send(0, new Barrier(1, 0), rows(10));
        assertThat(take(gate)).isEmpty();

        gate.abort(1);

        assertThat(take(gate)).containsExactly("10");
        send(1, new Barrier(1, 0), new Barrier(2, 0));
        send(0, new Barrier(2, 0));
        send(2, new Barrier(1, 0), new Barrier(2, 0));
        assertThat(take(gate)).containsExactly("barrier 2");
    }

    @Test
    void yieldsTheLeastWatermarkOfChannelsThatAreNotIdle() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        send(0, Watermark.of(10));
        send(1, Watermark.of(20));
        assertThat(take(gate)).isEmpty();
        send(2, new Watermark(Watermark.NONE, true));
        assertThat(take(gate)).containsExactly("10");
        send(0, Watermark.END);
        assertThat(take(gate)).containsExactly("20");
        send(2, Watermark.of(5));
        assertThat(take(gate)).isEmpty();
        send(1, Watermark.of(30));
        assertThat(take(gate)).as("never backwards").isEmpty();
        send(2, Watermark.of(25));
        assertThat(take(gate)).containsExactly("25");
        send(1, Watermark.END);
        send(2, Watermark.END);
        assertThat(take(gate)).containsExactly(String.valueOf(Watermark.MAX));
    }

    @Test
    void isIdleWhenAllChannelsAre() {
        InputGate gate = new InputGate(channels.subList(0, 2), true, 7);
        send(0, new Watermark(1, true));
        send(1, new Watermark(1, true));
        assertThat(take(gate)).containsExactly("idle 7");
        send(0, Watermark.of(3));
        assertThat(take(gate)).as("a sign of life, not backwards").containsExactly("7");
    }

    @Test
    void doesNotTakeTheEndOfOneChannelForTheEndOfAllWhenTheOthersAreIdle() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        send(0, Watermark.END);
        send(1, Watermark.of(100), new Watermark(100, true));
        send(2, Watermark.of(200), new Watermark(200, true));

        List<String> taken = take(gate);
        assertThat(taken)
                .doesNotContain(String.valueOf(Watermark.MAX))
                .last()
                .asString()
                .startsWith("idle");
        send(1, Watermark.of(300));
        assertThat(take(gate)).containsExactly("300");
        send(1, Watermark.END);
        send(2, Watermark.END);
        assertThat(take(gate)).contains(String.valueOf(Watermark.MAX));
    }

    @Test
    void goesOnFromARestoredWatermark() {
        InputGate gate = new InputGate(channels.subList(0, 1), true, 100);
        send(0, Watermark.of(50));
        assertThat(take(gate)).isEmpty();
        send(0, Watermark.of(101));
        assertThat(take(gate)).containsExactly("101");
    }

    @Test
    void copiesWhatABarrierOvertakesAndYieldsItAllTheSame() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        Barrier barrier = new Barrier(1, 100, 50);
        send(0, rows(10), barrier, rows(11));
        send(1, rows(20));
        send(2, Watermark.of(3), rows(30), barrier);
        channels.get(0).announce(barrier);

        assertThat(gate.overtaking(149)).as("patient for 50").isNull();
        assertThat(gate.overtakesAt()).isEqualTo(150);
        assertThat(gate.overtaking(150)).isEqualTo(barrier);
        List<Long> copied = new ArrayList<>();
        gate.overtake(barrier, 150, (input, batch) -> copied.add(batch.longs(0)[0]));
        assertThat(gate.collect((input, batch) -> copied.add(batch.longs(0)[0])))
                .isFalse();
        assertThat(copied).containsExactlyInAnyOrder(10L, 20L, 30L);
        assertThat(gate.overtaking(150)).as("once").isNull();
        assertThat(take(gate)).containsExactlyInAnyOrder("10", "11", "20", "30");

        send(1, rows(21), barrier, rows(22));
        assertThat(take(gate)).as("collected before it is yielded").isEmpty();
        assertThat(gate.collect((input, batch) -> copied.add(batch.longs(0)[0])))
                .isTrue();
        assertThat(copied).containsExactlyInAnyOrder(10L, 20L, 21L, 30L);
        assertThat(take(gate)).containsExactly("21", "22");
    }

    @Test
    void givesUpWaitingInTheMiddleOfAnAlignment() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        Barrier barrier = new Barrier(1, 0, 10);
        send(0, rows(10), barrier, rows(11));
        send(1, rows(20));
        assertThat(take(gate)).containsExactlyInAnyOrder("10", "20");

        List<Long> copied = new ArrayList<>();
        gate.overtake(barrier, 10, (input, batch) -> copied.add(batch.longs(0)[0]));
        send(1, rows(21), barrier);
        send(2, rows(30), barrier);
        assertThat(gate.collect((input, batch) -> copied.add(batch.longs(0)[0])))
                .isTrue();
        assertThat(copied).as("not what is behind the barrier").containsExactlyInAnyOrder(21L, 30L);
        assertThat(take(gate)).containsExactlyInAnyOrder("11", "21", "30");
    }

    @Test
    void forgetsAnAttemptThatOvertookAndWasAborted() {
        InputGate gate = new InputGate(channels, true, Watermark.NONE);
        Barrier first = new Barrier(1, 0, 0);
        send(0, rows(10), first);
        gate.overtake(first, 0, (input, batch) -> {});
        gate.abort(1);

        send(1, rows(20), first, new Barrier(2, 0));
        send(0, new Barrier(2, 0));
        send(2, first, new Barrier(2, 0));
        assertThat(gate.collect((input, batch) -> {})).isFalse();
        assertThat(take(gate)).containsExactly("10", "20", "barrier 2");
    }

    @Test
    void takesABarrierThatCameBeforeItsAttemptBeganForTheEndOfWhatItOvertakes() {
        InputGate gate = new InputGate(channels.subList(0, 2), true, Watermark.NONE);
        List<Long> overtaken = new ArrayList<>();
        InFlight into = (input, batch) -> overtaken.add(batch.longs(0)[0]);
        Barrier second = new Barrier(2, 0, 0);
        send(0, new Barrier(1, 0, 0));
        send(1, rows(10), second);
        gate.overtake(new Barrier(1, 0, 0), 0, into);
        assertThat(gate.collect(into)).isFalse();
        gate.abort(1);
        overtaken.clear();
        send(1, rows(20));

        gate.overtake(second, 0, into);

        assertThat(gate.collect(into)).as("one barrier is missing").isFalse();
        send(0, second);
        assertThat(gate.collect(into)).isTrue();
        assertThat(overtaken).as("what came before the barrier").containsExactly(10L);
        assertThat(take(gate)).containsExactly("10", "20");
    }

    private void send(int channel, Element... elements) {
        for (Element element : elements) {
            assertThat(channels.get(channel).offer(element)).isTrue();
        }
    }

    private static Batch rows(long value) {
        Batch batch = new Batch(ROWS, 4);
        batch.longs(0)[0] = value;
        batch.size(1);
        return batch;
    }

    private static List<String> take(InputGate gate) {
        List<String> taken = new ArrayList<>();
        for (Element element = gate.poll(0); element != null; element = gate.poll(0)) {
            if (element instanceof Batch batch) {
                taken.add(String.valueOf(batch.longs(0)[0]));
                gate.release(batch);
            } else if (element instanceof Watermark mark) {
                taken.add((mark.idle() ? "idle " : "") + mark.time());
            } else if (element instanceof Barrier barrier) {
                taken.add("barrier " + barrier.number());
            }
        }
        return taken;
    }
}
