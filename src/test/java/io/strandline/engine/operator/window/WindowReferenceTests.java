package io.strandline.engine.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.api.harness.OperatorHarness;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random rows, in order and out of it, late and too late: windows emit what plain references emit, restored or not. */
class WindowReferenceTests {

    private static final RowType ROWS =
            new RowType(List.of(new Column("key", ColumnType.LONG), new Column("value", ColumnType.LONG)));
    private static final long BEGIN = -50;

    static Stream<Arguments> shapes() {
        List<long[]> shapes = List.of(
                new long[] {10, 10}, new long[] {20, 10}, new long[] {10, 4}, new long[] {30, 1}, new long[] {7, 3});
        return IntStream.range(0, 25)
                .mapToObj(seed -> Arguments.of(shapes.get(seed % 5)[0], shapes.get(seed % 5)[1], seed % 3 * 9L, seed));
    }

    @ParameterizedTest(name = "size {0} slide {1} lateness {2} seed {3}")
    @MethodSource("shapes")
    void slidingWindowsAgree(long size, long slide, long lateness, long seed) {
        SlidingReference reference = new SlidingReference(size, slide, lateness, BEGIN);
        WindowShape shape = new WindowShape.Sliding(Duration.ofMillis(size), Duration.ofMillis(slide));
        try (OperatorHarness harness = harness(shape, lateness, seed)) {
            drive(
                    harness,
                    seed,
                    row -> reference.row((long) row.get(0), (long) row.get(1), (long) row.get(2)),
                    reference::advance);

            assertThat(harness.emitted()).containsExactlyInAnyOrderElementsOf(reference.emitted);
            assertThat(harness.emittedAside()).isEqualTo(reference.late);
            assertThat(harness.late()).isEqualTo(reference.late.size());
            assertThat(harness.state("panes")).isEmpty();
        }
    }

    static Stream<Arguments> gaps() {
        return IntStream.range(0, 35).mapToObj(seed -> Arguments.of(1L + seed % 7 * 3, seed % 4 * 6L, seed));
    }

    @ParameterizedTest(name = "gap {0} lateness {1} seed {2}")
    @MethodSource("gaps")
    void sessionsAgree(long gap, long lateness, long seed) {
        SessionReference reference = new SessionReference(gap, lateness, BEGIN);
        try (OperatorHarness harness = harness(new WindowShape.Session(Duration.ofMillis(gap)), lateness, seed)) {
            drive(
                    harness,
                    seed,
                    row -> reference.row((long) row.get(0), (long) row.get(1), (long) row.get(2)),
                    reference::advance);

            assertThat(harness.emitted()).containsExactlyInAnyOrderElementsOf(reference.emitted);
            assertThat(harness.emittedAside()).isEqualTo(reference.late);
            assertThat(harness.late()).isEqualTo(reference.late.size());
            assertThat(harness.state("panes")).isEmpty();
        }
    }

    private static void drive(OperatorHarness harness, long seed, Consumer<List<Object>> row, Consumer<Long> advance) {
        Random random = new Random(seed);
        long watermark = BEGIN;
        harness.advance(watermark);
        for (int round = 0; round < 40; round++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int i = random.nextInt(9); i >= 0; i--) {
                rows.add(List.of(watermark - 35 + random.nextInt(70), (long) random.nextInt(4), (long) i));
            }
            harness.process(rows);
            rows.forEach(row);
            watermark += random.nextInt(20);
            harness.advance(watermark);
            advance.accept(watermark);
        }
        harness.advance(Watermark.MAX);
        advance.accept(Watermark.MAX - 1_000);
    }

    private static OperatorHarness harness(WindowShape shape, long lateness, long seed) {
        WindowFactory factory = new WindowFactory(
                ROWS,
                List.of(0),
                List.of(Aggregate.count("rows"), Aggregate.of("total", Aggregate.Function.SUM, ColumnType.LONG, 1)),
                shape,
                Duration.ofMillis(lateness));
        return new OperatorHarness(factory, ROWS, seed % 2 == 1);
    }
}
