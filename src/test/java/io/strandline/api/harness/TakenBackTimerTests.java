package io.strandline.api.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.function.Timer;
import io.strandline.api.function.Timers;
import io.strandline.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers that a function takes back. */
class TakenBackTimerTests {

    private static FunctionHarness<String, Long, String> harness(boolean restores) {
        return FunctionHarness.of(Setter::new, Types.STRING, Types.LONG, Types.STRING, restores);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doNotFire(boolean restores) {
        try (var harness = harness(restores)) {
            harness.process("a", 10L);
            harness.process("a", 20L);
            harness.process("b", 10L);
            harness.process("a", -10L);
            harness.process("b", -99L);
            harness.advance(30);

            assertThat(harness.emitted()).containsExactly("b@10", "a@20");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fireOnceWhenTheyAreSetAgain(boolean restores) {
        try (var harness = harness(restores)) {
            for (long step : new long[] {10, -10, 10, -10, 10}) {
                harness.process("a", step);
            }
            harness.advance(10);
            harness.advance(20);

            assertThat(harness.emitted()).containsExactly("a@10");
        }
    }

    /** Both are due at once: the first one's callback takes the second one back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doNotFireWhenAnEarlierOneTakesThemBackWhileTheyAreDue(boolean restores) {
        try (var harness = FunctionHarness.of(Canceller::new, Types.STRING, Types.LONG, Types.STRING, restores)) {
            harness.process("a", 10L);
            harness.process("a", 11L);
            harness.process("a", 12L);
            harness.advance(100);

            assertThat(harness.emitted()).containsExactly("a@10", "a@12");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areThoseOfAPlainSet(boolean restores) {
        Random random = new Random(3);
        TreeSet<String> expected = new TreeSet<>();
        List<String> fired = new ArrayList<>();
        try (var harness = harness(restores)) {
            for (int step = 1; step <= 400; step++) {
                String key = "k" + random.nextInt(3);
                long time = step / 10 + 1 + random.nextInt(8);
                boolean set = random.nextInt(5) < 3;
                harness.process(key, set ? time : -time);
                if (set) {
                    expected.add(key + "@" + time);
                } else {
                    expected.remove(key + "@" + time);
                }
                if (step % 25 == 0) {
                    long reached = step / 10;
                    harness.advance(reached);
                    expected.stream().filter(timer -> time(timer) <= reached).forEach(fired::add);
                    expected.removeIf(timer -> time(timer) <= reached);
                    assertThat(harness.emitted()).containsExactlyInAnyOrderElementsOf(fired);
                }
            }
        }
    }

    private static long time(String timer) {
        return Long.parseLong(timer.substring(timer.indexOf('@') + 1));
    }

    /** Sets a timer for a positive value, and takes the one for its opposite back for a negative one. */
    private static class Setter implements ProcessFunction<String, Long, String> {

        Timers timers;

        @Override
        public void open(OpenContext context) {
            timers = context.eventTimers();
        }

        @Override
        public void process(Long value, Context<String> context, Collector<String> out) {
            if (value > 0) {
                timers.register(value);
            } else {
                timers.delete(-value);
            }
        }

        @Override
        public void onTimer(Timer timer, Context<String> context, Collector<String> out) {
            out.collect(context.key() + "@" + timer.timeMillis());
        }
    }

    /** Takes back the timer of the next millisecond. */
    private static final class Canceller extends Setter {

        @Override
        public void onTimer(Timer timer, Context<String> context, Collector<String> out) {
            super.onTimer(timer, context, out);
            timers.delete(timer.timeMillis() + 1);
        }
    }
}
