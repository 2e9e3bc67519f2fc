package io.strandline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.api.function.ProcessFunction;
import io.strandline.api.harness.FunctionHarness;
import io.strandline.api.state.AggregateFunction;
import io.strandline.api.type.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows as functions, beside all values kept in a list. */
class WindowFunctionsTests {

    private record Timed(String key, long time, long value) {}

    private static WindowSpec<String, Long, Long, Long, String> spec(long lateness) {
        return new WindowSpec<>(
                Types.LONG,
                Types.LONG,
                new StreamBuilderTests.Sum(),
                (key, window, sum) -> key + " " + window.start() + ".." + window.end() + " " + sum,
                lateness);
    }

    private static FunctionHarness<String, Long, String> harness(
            Supplier<ProcessFunction<String, Long, String>> function, boolean restores) {
        return FunctionHarness.of(function, Types.STRING, Types.LONG, Types.STRING, restores);
    }

    @ParameterizedTest
    @CsvSource({"10, 10, false", "10, 10, true", "30, 10, false", "30, 10, true"})
    void slidingWindowsComeOutOnceWithAllThatWasInTime(long size, long slide, boolean restores) {
        WindowShape.Sliding shape = new WindowShape.Sliding(Duration.ofMillis(size), Duration.ofMillis(slide));
        Random random = new Random(5);
        Map<String, Long> expected = new TreeMap<>();
        try (var harness = harness(() -> new SlidingWindows<>(spec(0), shape), restores)) {
            long watermark = 0;
            harness.advance(watermark);
            long late = 0;
            for (int step = 0; step < 200; step++) {
                Timed row = new Timed("k" + random.nextInt(2), watermark - 45 + random.nextInt(70), random.nextInt(9));
                harness.process(row.key, row.value, row.time);
                boolean taken = false;
                for (long start = Math.floorDiv(row.time, slide) * slide; start > row.time - size; start -= slide) {
                    if (start + size - 1 > watermark) {
                        expected.merge(row.key + " " + start + ".." + (start + size), row.value, Long::sum);
                        taken = true;
                    }
                }
                late += taken ? 0 : 1;
                if (step % 10 == 9) {
                    watermark += random.nextInt(20);
                    harness.advance(watermark);
                }
            }
            harness.advance(10_000);

            assertThat(harness.emitted())
                    .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                            .map(window -> window.getKey() + " " + window.getValue())
                            .toList());
            assertThat(harness.emitted("late")).hasSize((int) late);
            assertThat(late).isPositive();
            assertThat(harness.state(WindowSpec.PANES)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aWindowComesOutAgainForEachValueWithinItsLateness(boolean restores) {
        WindowShape.Sliding shape = (WindowShape.Sliding) WindowShape.tumbling(Duration.ofMillis(10));
        try (var harness = harness(() -> new SlidingWindows<>(spec(5), shape), restores)) {
            harness.process("a", 1L, 3);
            harness.advance(9);
            harness.process("a", 2L, 4);
            harness.advance(13);
            harness.process("a", 4L, 5);
            harness.advance(14);
            harness.process("a", 8L, 6);
            harness.advance(100);

            assertThat(harness.emitted()).containsExactly("a 0..10 1", "a 0..10 3", "a 0..10 7");
            assertThat(harness.emitted("late")).containsExactly(8L);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "7, false", "7, true"})
    void sessionsAreTheRunsWithoutAGap(long lateness, boolean restores) {
        long gap = 6;
        Random random = new Random(9);
        List<Timed> kept = new ArrayList<>();
        try (var harness =
                harness(() -> new SessionWindows<>(spec(lateness), new StreamBuilderTests.Sum(), gap), restores)) {
            long watermark = -100;
            for (int step = 0; step < 200; step++) {
                // never so late that it would be dropped
                Timed row =
                        new Timed("k" + random.nextInt(2), watermark + 1 + random.nextInt(40), 1 + random.nextInt(9));
                harness.process(row.key, row.value, row.time);
                kept.add(row);
                if (step % 5 == 4) {
                    watermark += random.nextInt(20);
                    harness.advance(watermark);
                }
            }
            harness.advance(10_000);

            assertThat(harness.emitted()).containsAll(sessions(kept, gap));
            if (lateness == 0) {
                assertThat(harness.emitted()).containsExactlyInAnyOrderElementsOf(sessions(kept, gap));
            }
            assertThat(harness.emitted("late")).isEmpty();
            assertThat(harness.state(WindowSpec.PANES)).isEmpty();
        }
    }

    private static List<String> sessions(List<Timed> rows, long gap) {
        List<String> sessions = new ArrayList<>();
        for (String key : List.of("k0", "k1")) {
            TreeMap<Long, Long> sums = new TreeMap<>();
            rows.stream().filter(row -> row.key.equals(key)).forEach(row -> sums.merge(row.time, row.value, Long::sum));
            long first = sums.firstKey();
            long last = first;
            long sum = 0;
            for (Map.Entry<Long, Long> at : sums.entrySet()) {
                if (at.getKey() - last >= gap) {
                    sessions.add(key + " " + first + ".." + (last + gap) + " " + sum);
                    first = at.getKey();
                    sum = 0;
                }
                last = at.getKey();
                sum += at.getValue();
            }
            sessions.add(key + " " + first + ".." + (last + gap) + " " + sum);
        }
        return sessions;
    }

    @Test
    void aValueThatLinksTwoSessionsMakesOneOfThem() {
        try (var harness = harness(() -> new SessionWindows<>(spec(0), new StreamBuilderTests.Sum(), 10), true)) {
            harness.process("a", 1L, 0);
            harness.process("a", 2L, 18);
            harness.process("a", 4L, 9);
            harness.advance(27);

            assertThat(harness.emitted()).containsExactly("a 0..28 7");
        }
    }

    @Test
    void aValueWithoutEventTimeFitsNoWindow() {
        WindowShape.Sliding shape = (WindowShape.Sliding) WindowShape.tumbling(Duration.ofMillis(10));
        try (var harness = harness(() -> new SlidingWindows<>(spec(0), shape), false)) {
            assertThatThrownBy(() -> harness.process("a", 1L)).hasMessageContaining("has no event time");
        }
    }

    @Test
    void refusesWhatCannotBeAWindow() {
        KeyedStream<Long, Long> untimed = StreamJob.named("untimed")
                .from("numbers", Types.LONG, List.of(1L))
                .keyBy(Types.LONG, number -> number);
        assertThatThrownBy(() -> untimed.window(WindowShape.session(Duration.ofMillis(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs event time");
        assertThatThrownBy(() -> untimed.join(untimed, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs event time");
        assertThatThrownBy(() -> WindowShape.sliding(Duration.ofMillis(10), Duration.ofMillis(3)))
                .hasMessageContaining("PT0.01S each PT0.003S");
        assertThatThrownBy(() -> WindowShape.session(Duration.ZERO)).hasMessageContaining("a gap of PT0S");
    }

    @Test
    void sessionsWantAFunctionThatCanMerge() {
        AggregateFunction<Long, Long, Long> unmergeable = new AggregateFunction<>() {
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
                return kept;
            }
        };
        WindowedStream<Long, Long> sessions = StreamBuilderTests.timed(StreamJob.named("sessions"), 1)
                .window(WindowShape.session(Duration.ofMillis(1)));

        assertThatThrownBy(() ->
                        sessions.aggregate("sums", Types.LONG, Types.LONG, unmergeable, (key, window, sum) -> sum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MergingAggregateFunction");
    }
}
