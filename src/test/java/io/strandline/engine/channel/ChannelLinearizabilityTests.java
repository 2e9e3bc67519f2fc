package io.strandline.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.Linearizability;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** One who sends and one who receives, at the same time. */
class ChannelLinearizabilityTests {

    private static final RowType NUMBERS = new RowType(List.of(new Column("n", ColumnType.LONG)));

    @Test
    void handsOnEachElementOnceInOrderAndWakesASenderThatWaitsForRoom() {
        Linearizability.check(Ends.class);
    }

    @Test
    void tellsWhenTwoSend() {
        assertThat(Linearizability.tells(TwoSenders.class)).isTrue();
    }

    /** A channel of the smallest size that was filled but for one place. */
    @Param(name = "time", gen = IntGen.class, conf = "1:9")
    public static class Ends {

        private final AtomicInteger rung = new AtomicInteger();
        private final Channel channel;
        private int rungBefore;
        private boolean waits;

        public Ends() {
            Doorbell sender = new Doorbell();
            sender.connect(rung::incrementAndGet);
            channel = new Channel(0, NUMBERS, new Channel.Room(2, 1), sender, new Doorbell());
            for (int i = 1; i < channel.capacity(); i++) {
                channel.offer(Watermark.of(-i));
            }
        }

        @Operation(nonParallelGroup = "sender")
        public boolean offer(@Param(name = "time") int time) {
            int before = rung.get();
            boolean added = channel.offer(Watermark.of(time));
            rungBefore = before;
            waits = !added;
            return added;
        }

        @Operation(nonParallelGroup = "receiver")
        public long poll() {
            return channel.poll() instanceof Watermark watermark ? watermark.time() : 0;
        }

        /** Nobody sleeps beside a channel in which there is room. */
        @Validate
        public void wakesTheSender() {
            if (waits && channel.waiting() < channel.capacity() && rung.get() == rungBefore) {
                throw new IllegalStateException("the sender was not woken");
            }
        }
    }

    /** What a channel is not made for. */
    @Param(name = "time", gen = IntGen.class, conf = "1:9")
    public static class TwoSenders {

        private final Channel channel = new Channel(0, NUMBERS, new Channel.Room(4, 1), new Doorbell(), new Doorbell());

        @Operation
        public boolean offer(@Param(name = "time") int time) {
            return channel.offer(Watermark.of(time));
        }

        @Operation(nonParallelGroup = "receiver")
        public long poll() {
            return channel.poll() instanceof Watermark watermark ? watermark.time() : 0;
        }
    }
}
