package io.strandline.engine.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.api.harness.OperatorHarness;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running aggregates, with and without a restore before every batch. */
class KeyedAggregateTests {

    private static final RowType ROWS = new RowType(List.of(
            new Column("origin", ColumnType.STRING),
            new Column("delay", ColumnType.LONG),
            new Column("miles", ColumnType.DOUBLE)));

    private static final List<Aggregate> ALL = List.of(
            Aggregate.count("flights"),
            Aggregate.of("total", Aggregate.Function.SUM, ColumnType.LONG, 1),
            Aggregate.of("best", Aggregate.Function.MIN, ColumnType.LONG, 1),
            Aggregate.of("worst", Aggregate.Function.MAX, ColumnType.LONG, 1),
            Aggregate.of("mean", Aggregate.Function.AVG, ColumnType.LONG, 1),
            Aggregate.of("miles", Aggregate.Function.SUM, ColumnType.DOUBLE, 2),
            Aggregate.of("nearest", Aggregate.Function.MIN, ColumnType.DOUBLE, 2),
            Aggregate.of("farthest", Aggregate.Function.MAX, ColumnType.DOUBLE, 2),
            Aggregate.of("reach", Aggregate.Function.AVG, ColumnType.DOUBLE, 2));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void emitsARowForEveryUpdateInOrderOfArrival(boolean restores) {
        try (OperatorHarness harness = harness(ALL, new Emission.Changes(), restores)) {
            harness.process(
                    List.of(List.of(1, "DFW", 10, 1.5), List.of(2, "JFK", -5, 2.0), List.of(3, "DFW", 20, 0.5)));
            harness.process(List.of(List.of(4, "DFW", -3, 4.0)));

            assertThat(harness.emitted())
                    .containsExactly(
                            List.of("DFW", 1L, 10L, 10L, 10L, 10.0, 1.5, 1.5, 1.5, 1.5),
                            List.of("JFK", 1L, -5L, -5L, -5L, -5.0, 2.0, 2.0, 2.0, 2.0),
                            List.of("DFW", 2L, 30L, 10L, 20L, 15.0, 2.0, 0.5, 1.5, 1.0),
                            List.of("DFW", 3L, 27L, -3L, 20L, 9.0, 6.0, 0.5, 4.0, 2.0));
            assertThat(harness.emittedTimes()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void emitsChangedKeysOnceAnInterval() {
        try (OperatorHarness harness =
                harness(List.of(Aggregate.count("flights")), new Emission.Every(Duration.ofNanos(100)), false)) {
            harness.tick(0);
            harness.process(List.of(List.of(1, "DFW", 1, 1), List.of(2, "JFK", 1, 1), List.of(3, "DFW", 1, 1)));
            harness.tick(99);
            assertThat(harness.takeEmitted()).isEmpty();
            harness.tick(100);
            assertThat(harness.emittedTimes()).containsExactly(3L, 2L);
            assertThat(harness.takeEmitted()).containsExactly(List.of("DFW", 2L), List.of("JFK", 1L));
            harness.tick(200);
            assertThat(harness.takeEmitted()).isEmpty();
        }
    }

    @Test
    void emitsManyChangedKeysSliceBySlice() {
        try (OperatorHarness harness =
                harness(List.of(Aggregate.count("flights")), new Emission.Every(Duration.ofNanos(100)), false)) {
            harness.tick(0);
            for (int key = 0; key < 50; key++) {
                harness.process(List.of(List.of(1, "K" + key, 1, 1), List.of(1, "K" + key / 2, 1, 1)));
            }
            for (int tick = 0; tick < 20; tick++) {
                harness.tick(100 + tick);
            }
            assertThat(harness.takeEmitted()).hasSize(50).contains(List.of("K24", 3L), List.of("K49", 1L));
        }
    }

    @Test
    void emitsWhatIsHeldBackBeforeASnapshot() {
        try (OperatorHarness harness =
                harness(List.of(Aggregate.count("flights")), new Emission.Every(Duration.ofHours(1)), true)) {
            harness.process(List.of(List.of(1, "DFW", 1, 1)));
            harness.process(List.of(List.of(1, "DFW", 1, 1)));
            harness.snapshotAndRestore();

            assertThat(harness.emitted()).containsExactly(List.of("DFW", 1L), List.of("DFW", 2L));
        }
    }

    @Test
    void emitsNothingWhenTold() {
        try (OperatorHarness harness = harness(ALL, new Emission.None(), false)) {
            harness.process(List.of(List.of(1, "DFW", 1, 1)));
            harness.snapshotAndRestore();
            assertThat(harness.emitted()).isEmpty();
        }
    }

    @Test
    void failsWhenASumNoLongerFits() {
        try (OperatorHarness harness = harness(ALL, new Emission.None(), false)) {
            harness.process(List.of(List.of(1, "DFW", Long.MAX_VALUE, 1)));
            assertThatThrownBy(() -> harness.process(List.of(List.of(1, "DFW", 1, 1))))
                    .isInstanceOf(ArithmeticException.class);
        }
    }

    private static OperatorHarness harness(List<Aggregate> aggregates, Emission emission, boolean restores) {
        return new OperatorHarness(new KeyedAggregateFactory(ROWS, List.of(0), aggregates, emission), ROWS, restores);
    }
}
