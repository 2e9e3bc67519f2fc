package io.strandline.api.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.api.function.Collector;
import io.strandline.api.function.ConnectedFunction;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.function.Timer;
import io.strandline.api.operator.UserCodeException;
import io.strandline.api.state.AggregateFunction;
import io.strandline.api.type.Types;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a user's code throws, and wherever: the job ends and says where, and is not left standing. */
class FailingCallbackTests {

    @TempDir
    Path directory;

    private void assertThatItEnds(Consumer<StreamJob> built, String... with) throws IOException {
        StreamJob job =
                StreamJob.named("failing").parallelism(2).checkpointEvery(null).backend("memory");
        built.accept(job);
        try (LocalEngine engine = LocalEngine.in(directory)) {
            LocalRun run = engine.start(job);
            var failure = assertThatThrownBy(run::awaitEnd).isInstanceOf(IllegalStateException.class);
            for (String part : with) {
                failure.hasMessageContaining(part);
            }
        }
    }

    @Test
    void inATimer() throws IOException {
        assertThatItEnds(
                job -> StreamBuilderTests.timed(job, 5_000)
                        .process("timers", Types.LONG, BrokenTimer::new)
                        .forEach("out", value -> {}),
                "onTimer of Timer[clock=EVENT_TIME, timeMillis=10]",
                "IllegalStateException (no timers today)");
    }

    private static final class BrokenTimer implements ProcessFunction<Long, Long, Long> {

        private io.strandline.api.function.Timers timers;

        @Override
        public void open(OpenContext context) {
            timers = context.eventTimers();
        }

        @Override
        public void process(Long value, Context<Long> context, Collector<Long> out) {
            timers.register(10);
        }

        @Override
        public void onTimer(Timer timer, Context<Long> context, Collector<Long> out) {
            throw new IllegalStateException("no timers today");
        }
    }

    @Test
    void inTheSelectorOfAKey() throws IOException {
        assertThatItEnds(
                job -> job.from("words", Types.STRING, List.of("a", "b"))
                        .keyBy(Types.LONG, Long::parseLong)
                        .process("nothing", Types.STRING, () -> (word, context, out) -> {})
                        .forEach("out", word -> {}),
                "selecting the key of a",
                "NumberFormatException");
    }

    @Test
    void withAnEndlessRecursionInAValueOfABroadcastStream() throws IOException {
        assertThatItEnds(
                job -> StreamBuilderTests.timed(job, 5_000)
                        .connect(
                                job.from("rules", Types.STRING, List.of("rule")).broadcast())
                        .process("ruled", Types.LONG, Recursion::new)
                        .forEach("out", value -> {}),
                "processOther of rule",
                "StackOverflowError");
    }

    private static final class Recursion implements ConnectedFunction<Long, Long, String, Long> {

        @Override
        public void process(Long value, Context<Long> context, Collector<Long> out) {
            out.collect(value);
        }

        @Override
        @SuppressWarnings("InfiniteRecursion") // it is what has to be caught
        public void processOther(String value, Context<Long> context, Collector<Long> out) {
            processOther(value, context, out);
        }
    }

    @Test
    void withAKeyWhereABroadcastValueHasNone() throws IOException {
        assertThatItEnds(
                job -> StreamBuilderTests.timed(job, 5_000)
                        .connect(
                                job.from("rules", Types.STRING, List.of("rule")).broadcast())
                        .process("ruled", Types.LONG, KeyOfNone::new)
                        .forEach("out", value -> {}),
                "processOther of rule",
                "keyed state belongs to a key");
    }

    private static final class KeyOfNone implements ConnectedFunction<Long, Long, String, Long> {

        @Override
        public void process(Long value, Context<Long> context, Collector<Long> out) {
            out.collect(value);
        }

        @Override
        public void processOther(String value, Context<Long> context, Collector<Long> out) {
            out.collect(context.key());
        }
    }

    @Test
    void inTheFunctionOfAWindow() throws IOException {
        AggregateFunction<Long, Long, Long> broken = new AggregateFunction<>() {
            @Override
            public Long start() {
                return 0L;
            }

            @Override
            public Long add(Long value, Long kept) {
                return kept + value;
            }

            @Override
            public Long result(Long kept) {
                throw new AssertionError("nothing comes out");
            }
        };
        assertThatItEnds(
                job -> StreamBuilderTests.timed(job, 5_000)
                        .window(WindowShape.tumbling(Duration.ofMillis(100)))
                        .aggregate("sums", Types.LONG, Types.LONG, broken, (key, window, sum) -> sum)
                        .forEach("out", sum -> {}),
                "onTimer of",
                "AssertionError (nothing comes out)");
    }

    @Test
    void inTheConsumerAtTheEnd() throws IOException {
        assertThatItEnds(
                job -> StreamBuilderTests.timed(job, 5_000)
                        .process("copy", Types.LONG, () -> (value, context, out) -> out.collect(value))
                        .forEach("out", value -> {
                            throw new IllegalArgumentException("no consumer for " + value);
                        }),
                "no consumer for");
    }

    @Test
    void inOpenWhenTheJobIsPutTogether() {
        StreamJob job = StreamJob.named("failing");
        KeyedStream<Long, Long> keyed = StreamBuilderTests.timed(job, 5_000);
        assertThatThrownBy(() -> keyed.process("open", Types.LONG, BrokenOpen::new))
                .isInstanceOf(UserCodeException.class)
                .hasMessageContaining("open")
                .hasMessageContaining("UnsupportedOperationException (not yet)");
    }

    private static final class BrokenOpen implements ProcessFunction<Long, Long, Long> {

        @Override
        public void open(OpenContext context) {
            throw new UnsupportedOperationException("not yet");
        }

        @Override
        public void process(Long value, Context<Long> context, Collector<Long> out) {
            out.collect(value);
        }
    }
}
