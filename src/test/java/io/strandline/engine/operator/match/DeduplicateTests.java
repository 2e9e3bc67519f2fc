package io.strandline.engine.operator.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.api.harness.OperatorHarness;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Duplicates within a batch, across batches and after a while, by event time and by the clock. */
class DeduplicateTests {

    private static final RowType ROWS =
            new RowType(List.of(new Column("key", ColumnType.STRING), new Column("value", ColumnType.LONG)));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passesTheFirstRowOfEachKeyOn(boolean restores) {
        try (OperatorHarness harness = harness(null, false, restores)) {
            harness.process(List.of(List.of(1, "a", 1), List.of(2, "b", 2), List.of(3, "a", 3)));
            harness.process(List.of(List.of(4, "b", 4), List.of(5, "c", 5), List.of(6, "c", 6)));

            assertThat(harness.emitted()).containsExactly(List.of("a", 1L), List.of("b", 2L), List.of("c", 5L));
            assertThat(harness.emittedTimes()).containsExactly(1L, 2L, 5L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsByEventTime(boolean restores) {
        try (OperatorHarness harness = harness(Duration.ofMillis(10), true, restores)) {
            harness.process(List.of(List.of(100, "a", 1), List.of(109, "a", 2), List.of(110, "a", 3)));
            harness.process(List.of(List.of(95, "a", 4), List.of(119, "a", 5), List.of(105, "b", 6)));
            assertThat(harness.takeEmitted()).containsExactly(List.of("a", 1L), List.of("a", 3L), List.of("b", 6L));
            harness.advance(114);
            assertThat(harness.state("seen")).containsExactly(List.of("a", 0L, 110L));
            harness.advance(119);
            assertThat(harness.state("seen")).isEmpty();
        }
    }

    @Test
    void remembersBeyondTheEndOfInput() {
        try (OperatorHarness harness = harness(Duration.ofMillis(10), true, false)) {
            harness.process(List.of(List.of(100, "a", 1)));
            harness.advance(Watermark.MAX);
            assertThat(harness.state("seen")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsByTheClockWithoutEventTime(boolean restores) {
        try (OperatorHarness harness = harness(Duration.ofMillis(10), false, restores)) {
            harness.wall(1_000);
            harness.process(List.of(List.of(Watermark.NONE, "a", 1)));
            harness.wall(1_009);
            harness.process(List.of(List.of(Watermark.NONE, "a", 2)));
            harness.tick(1);
            assertThat(harness.state("seen")).hasSize(1);
            harness.wall(1_010);
            harness.process(List.of(List.of(Watermark.NONE, "a", 3)));
            harness.tick(2);
            assertThat(harness.takeEmitted()).containsExactly(List.of("a", 1L), List.of("a", 3L));
            assertThat(harness.state("seen")).containsExactly(List.of("a", 0L, 1_010L));
            harness.wall(1_020);
            harness.tick(3);
            assertThat(harness.state("seen")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithAPlainMapOnRandomRows(long seed) {
        Random random = new Random(seed);
        Map<Object, Long> passed = new HashMap<>();
        List<List<Object>> expected = new ArrayList<>();
        try (OperatorHarness harness = harness(Duration.ofMillis(25), true, seed % 2 == 0)) {
            for (int round = 0; round < 60; round++) {
                List<List<Object>> rows = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    long time = round * 10L + random.nextInt(10);
                    String key = "k" + random.nextInt(6);
                    rows.add(List.of(time, key, i));
                    Long before = passed.get(key);
                    if (before == null || time - before >= 25) {
                        passed.put(key, time);
                        expected.add(List.of(key, (long) i));
                    }
                }
                harness.process(rows);
                harness.advance(round * 10L - 1);
            }
            assertThat(harness.emitted()).isEqualTo(expected);
        }
    }

    private static OperatorHarness harness(@Nullable Duration ttl, boolean eventTime, boolean restores) {
        return new OperatorHarness(new DeduplicateFactory(ROWS, List.of(0), ttl, eventTime), ROWS, restores);
    }
}
