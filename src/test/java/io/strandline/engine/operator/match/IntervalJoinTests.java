package io.strandline.engine.operator.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.api.harness.OperatorHarness;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random rows of two streams join as two nested loops join them, restored or not. */
class IntervalJoinTests {

    private static final RowType LEFT = new RowType(List.of(
            new Column("id", ColumnType.LONG),
            new Column("flight", ColumnType.STRING),
            new Column("miles", ColumnType.DOUBLE)));
    private static final RowType RIGHT = new RowType(List.of(
            new Column("code", ColumnType.STRING),
            new Column("note", ColumnType.STRING),
            new Column("id", ColumnType.LONG)));
    private static final List<JoinColumn> COLUMNS = List.of(
            new JoinColumn("right_note", 1, 1),
            new JoinColumn("flight", 0, 1),
            new JoinColumn("left_id", 0, 0),
            new JoinColumn("code", 1, 0),
            new JoinColumn("miles", 0, 2),
            new JoinColumn("right_id", 1, 2),
            new JoinColumn("again", 1, 2));

    static Stream<Arguments> intervals() {
        long[][] intervals = {{-50, 50}, {0, 2_500}, {-4_000, -1_000}, {300, 1_800}, {0, 0}, {-3_000, 0}};
        return IntStream.range(0, 24)
                .mapToObj(seed -> Arguments.of(intervals[seed % 6][0], intervals[seed % 6][1], seed));
    }

    @ParameterizedTest(name = "{0} to {1} seed {2}")
    @MethodSource("intervals")
    void joinsWhatNestedLoopsJoin(long lower, long upper, long seed) {
        Random random = new Random(seed);
        List<List<List<Object>>> taken = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Object>> late = new ArrayList<>();
        try (OperatorHarness harness = harness(lower, upper, seed % 2 == 1)) {
            long watermark = -1_000;
            harness.advance(watermark);
            for (long round = 0; round < 40; round++) {
                int side = random.nextInt(2);
                List<List<Object>> rows = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    List<Object> row = row(side, time(watermark, random), random, round * 10 + i);
                    rows.add(row);
                    ((long) row.get(0) > watermark ? taken.get(side) : late).add(row);
                }
                harness.process(side, rows);
                watermark += random.nextInt(400);
                harness.advance(watermark);
            }

            assertThat(harness.emitted()).containsExactlyInAnyOrderElementsOf(nestedLoops(taken, lower, upper));
            assertThat(harness.emittedAside())
                    .isEqualTo(late.stream().map(row -> row.subList(1, 4)).toList());
            assertThat(harness.late()).isEqualTo(late.size());
            assertThat(harness.emitted()).isNotEmpty();
            harness.advance(1L << 40);
            assertThat(harness.state("left")).isEmpty();
            assertThat(harness.state("right")).isEmpty();
        }
    }

    @Test
    void aJoinedRowHasTheLaterTime() {
        try (OperatorHarness harness = harness(-10, 10, false)) {
            harness.process(0, List.of(List.of(100, 1, "DL1", 2.5)));
            harness.process(1, List.of(List.of(95, "DL1", "on time", 7), List.of(104, "DL1", "", 8)));
            assertThat(harness.emitted())
                    .containsExactly(
                            List.of("on time", "DL1", 1L, "DL1", 2.5, 7L, 7L),
                            List.of("", "DL1", 1L, "DL1", 2.5, 8L, 8L));
            assertThat(harness.emittedTimes()).containsExactly(100L, 104L);
        }
    }

    @Test
    void manyMatchesOfOneRowLeaveInSeveralBatches() {
        try (OperatorHarness harness = harness(-10, 10, false)) {
            for (int i = 0; i < 9; i++) {
                harness.process(0, List.of(List.of(100, i, "DL1", 1)));
            }
            harness.process(1, List.of(List.of(100, "DL1", "x", 7), List.of(100, "DL2", "x", 8)));
            assertThat(harness.emitted()).hasSize(9);
        }
    }

    @Test
    void refusesKeysOfUnlikeTypes() {
        assertThatThrownBy(() -> new IntervalJoinFactory(
                        new JoinSide(LEFT, List.of(0)),
                        new JoinSide(RIGHT, List.of(0)),
                        Duration.ZERO,
                        Duration.ZERO,
                        COLUMNS))
                .hasMessage("keys of [LONG] and of [STRING]");
    }

    private static long time(long watermark, Random random) {
        return Math.floorDiv(watermark - 100 + random.nextInt(2_000), 50) * 50;
    }

    private static List<Object> row(int side, long time, Random random, long id) {
        String flight = "F" + random.nextInt(3);
        return side == 0 ? List.of(time, id, flight, id / 2.0) : List.of(time, flight, "n\u00e9" + id, id);
    }

    private static List<List<Object>> nestedLoops(List<List<List<Object>>> taken, long lower, long upper) {
        List<List<Object>> joined = new ArrayList<>();
        for (List<Object> left : taken.get(0)) {
            for (List<Object> right : taken.get(1)) {
                long later = (long) right.get(0) - (long) left.get(0);
                if (left.get(2).equals(right.get(1)) && later >= lower && later <= upper) {
                    joined.add(List.of(
                            right.get(2),
                            left.get(2),
                            left.get(1),
                            right.get(1),
                            left.get(3),
                            right.get(3),
                            right.get(3)));
                }
            }
        }
        return joined;
    }

    private static OperatorHarness harness(long lower, long upper, boolean restores) {
        IntervalJoinFactory factory = new IntervalJoinFactory(
                new JoinSide(LEFT, List.of(1)),
                new JoinSide(RIGHT, List.of(0)),
                Duration.ofMillis(lower),
                Duration.ofMillis(upper),
                COLUMNS);
        return new OperatorHarness(factory, List.of(LEFT, RIGHT), restores);
    }
}
