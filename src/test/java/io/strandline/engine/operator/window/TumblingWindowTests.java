package io.strandline.engine.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.api.harness.OperatorHarness;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tumbling windows of ten milliseconds, with and without a restore before every batch and watermark. */
class TumblingWindowTests {

    private static final RowType ROWS =
            new RowType(List.of(new Column("key", ColumnType.LONG), new Column("value", ColumnType.LONG)));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void emitsAWindowOnceItsLastMillisecondIsReached(boolean restores) {
        try (OperatorHarness harness = harness(0, restores)) {
            harness.process(List.of(List.of(3, 1, 5), List.of(9, 1, 6), List.of(10, 1, 7), List.of(-1, 2, 8)));
            harness.advance(-2);
            assertThat(harness.takeEmitted()).isEmpty();
            harness.advance(8);
            assertThat(harness.takeEmitted()).containsExactly(List.of(2L, -10L, 0L, 1L, 8L));
            harness.advance(9);
            assertThat(harness.emittedTimes()).containsExactly(9L);
            assertThat(harness.takeEmitted()).containsExactly(List.of(1L, 0L, 10L, 2L, 11L));
            harness.advance(Watermark.MAX);
            assertThat(harness.takeEmitted()).containsExactly(List.of(1L, 10L, 20L, 1L, 7L));
            assertThat(harness.late()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dropsAndCountsRowsOfWindowsThatAreOver(boolean restores) {
        try (OperatorHarness harness = harness(0, restores)) {
            harness.advance(9);
            harness.process(List.of(List.of(9, 1, 5), List.of(10, 1, 6), List.of(3, 2, 7)));
            harness.advance(Watermark.MAX);

            assertThat(harness.takeEmitted()).containsExactly(List.of(1L, 10L, 20L, 1L, 6L));
            assertThat(harness.late()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void emitsAgainForRowsThatAreLateButAllowed(boolean restores) {
        try (OperatorHarness harness = harness(5, restores)) {
            harness.process(List.of(List.of(1, 1, 5)));
            harness.advance(9);
            assertThat(harness.takeEmitted()).containsExactly(List.of(1L, 0L, 10L, 1L, 5L));
            harness.process(List.of(List.of(2, 1, 6), List.of(12, 1, 1), List.of(3, 2, 7), List.of(4, 1, 8)));
            assertThat(harness.takeEmitted())
                    .containsExactly(
                            List.of(1L, 0L, 10L, 2L, 11L), List.of(2L, 0L, 10L, 1L, 7L), List.of(1L, 0L, 10L, 3L, 19L));
            harness.advance(14);
            harness.process(List.of(List.of(5, 1, 6)));
            assertThat(harness.takeEmitted()).isEmpty();
            assertThat(harness.late()).isEqualTo(1);
            harness.advance(Watermark.MAX);
            assertThat(harness.takeEmitted()).containsExactly(List.of(1L, 10L, 20L, 1L, 1L));
        }
    }

    @Test
    void emitsManyWindowsSliceBySlice() {
        try (OperatorHarness harness = harness(0, false)) {
            for (long key = 0; key < 50; key++) {
                harness.process(List.of(List.of(key * 10, key, 1)));
            }
            harness.advance(Watermark.MAX);
            assertThat(harness.emitted()).hasSize(50);
            assertThat(harness.emittedTimes()).isSorted();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAPlainMapOnRandomRows(long seed) {
        Random random = new Random(seed);
        Map<List<Object>, Long> sums = new HashMap<>();
        Map<List<Object>, Long> last = new HashMap<>();
        try (OperatorHarness harness = harness(20, random.nextBoolean())) {
            long watermark = -50;
            harness.advance(watermark);
            long late = 0;
            for (int round = 0; round < 60; round++) {
                List<List<Object>> rows = new ArrayList<>();
                for (int row = random.nextInt(4); row >= 0; row--) {
                    long time = watermark - 30 + random.nextInt(60);
                    long key = random.nextInt(5);
                    long start = Math.floorDiv(time, 10) * 10;
                    rows.add(List.of(time, key, 1L));
                    if (start + 9 + 20 > watermark) {
                        sums.merge(List.of(key, start), 1L, Long::sum);
                    } else {
                        late++;
                    }
                }
                harness.process(rows);
                watermark += random.nextInt(15);
                harness.advance(watermark);
            }
            harness.advance(Watermark.MAX);
            harness.emitted().forEach(row -> last.put(List.of(row.get(0), row.get(1)), (Long) row.get(3)));
            assertThat(last).isEqualTo(sums);
            assertThat(harness.late()).isEqualTo(late);
        }
    }

    private static OperatorHarness harness(long lateness, boolean restores) {
        OperatorFactory factory = new WindowFactory(
                ROWS,
                List.of(0),
                List.of(Aggregate.count("rows"), Aggregate.of("total", Aggregate.Function.SUM, ColumnType.LONG, 1)),
                WindowShape.tumbling(Duration.ofMillis(10)),
                Duration.ofMillis(lateness));
        return new OperatorHarness(factory, ROWS, restores);
    }
}
