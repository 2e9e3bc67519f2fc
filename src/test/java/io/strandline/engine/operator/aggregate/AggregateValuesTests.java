package io.strandline.engine.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.strandline.api.harness.OperatorHarness;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.aggregate.Aggregate.Function;
import io.strandline.engine.operator.window.WindowFactory;
import io.strandline.engine.operator.window.WindowShape;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What aggregates come to, by plain arithmetic; whatever the order of the rows, and when panes are merged. */
class AggregateValuesTests {

    private static final RowType ROWS = new RowType(List.of(
            new Column("key", ColumnType.LONG),
            new Column("whole", ColumnType.LONG),
            new Column("real", ColumnType.DOUBLE),
            new Column("text", ColumnType.STRING)));
    private static final int WHOLE = 1;
    private static final int REAL = 2;
    private static final int TEXT = 3;

    /** In the order of {@link #expected}. */
    private static final List<Aggregate> ALL = List.of(
            of("n", Function.COUNT, WHOLE),
            of("sum", Function.SUM, WHOLE),
            of("real_sum", Function.SUM, REAL),
            of("min", Function.MIN, WHOLE),
            of("real_min", Function.MIN, REAL),
            of("text_min", Function.MIN, TEXT),
            of("max", Function.MAX, WHOLE),
            of("real_max", Function.MAX, REAL),
            of("text_max", Function.MAX, TEXT),
            of("avg", Function.AVG, WHOLE),
            of("real_avg", Function.AVG, REAL),
            of("first", Function.FIRST, WHOLE),
            of("text_first", Function.FIRST, TEXT),
            of("last", Function.LAST, REAL),
            of("text_last", Function.LAST, TEXT),
            of("var_pop", Function.VAR_POP, WHOLE),
            of("stddev_samp", Function.STDDEV_SAMP, WHOLE),
            of("real_var_samp", Function.VAR_SAMP, REAL),
            of("real_stddev_pop", Function.STDDEV_POP, REAL),
            of("distinct", Function.APPROX_COUNT_DISTINCT, WHOLE),
            of("text_distinct", Function.APPROX_COUNT_DISTINCT, TEXT));

    private static Aggregate of(String name, Function function, int column) {
        return function == Function.COUNT
                ? Aggregate.count(name)
                : Aggregate.of(name, function, ROWS.column(column).type(), column);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void comeToTheSameInWhateverOrderRowsArrive(long seed) {
        List<List<Object>> rows = rows(seed, 60);
        List<Object> running = running(rows, seed % 2 == 0);
        String digest = digest(rows);
        Collections.shuffle(rows, new Random(seed));

        assertThat(rounded(running)).isEqualTo(rounded(expected(rows)));
        assertThat(running(rows, false)).isEqualTo(running);
        assertThat(digest(rows)).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void comeToTheSameWhenPanesAreMerged(long seed) {
        List<List<Object>> rows = rows(seed, 80);
        WindowShape shape = new WindowShape.Sliding(Duration.ofMillis(1_024), Duration.ofMillis(64));
        try (OperatorHarness harness = new OperatorHarness(
                new WindowFactory(ROWS, List.of(0), ALL, shape, Duration.ZERO), ROWS, seed % 2 == 0)) {
            harness.process(rows);
            harness.advance(Watermark.MAX);

            List<Object> whole = harness.emitted().stream()
                    .filter(row -> row.get(1).equals(0L))
                    .findFirst()
                    .orElseThrow();
            assertThat(rounded(whole.subList(3, whole.size()))).isEqualTo(rounded(expected(rows)));
        }
    }

    @Test
    void sumsOfDoublesKeepWhatSingleOnesLose() {
        List<List<Object>> rows = new ArrayList<>();
        for (double real : new double[] {1e16, 1, -1e16, 1e-3, 3e15, 1, -3e15}) {
            rows.add(List.of(1, 0, 0, real, ""));
        }
        assertThat(running(rows, false).get(2)).isEqualTo(2.001);
    }

    @Test
    void aSumThatIsInfiniteStaysSo() {
        List<List<Object>> rows = List.of(List.of(1, 0, 0, Double.POSITIVE_INFINITY, ""), List.of(2, 0, 0, 1.0, ""));
        assertThat(running(rows, true).get(2)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void varianceOfHugeWholeNumbersIsExact() {
        long huge = 1L << 61;
        List<List<Object>> rows = List.of(List.of(1, 0, huge, 0, ""), List.of(2, 0, huge + 1, 0, ""));
        assertThat(running(rows, true).get(15)).isEqualTo(0.25);
    }

    @Test
    void aSampleOfOneHasNoVariance() {
        List<Object> one = running(List.of(List.of(1, 0, 5, 5, "")), false);
        assertThat((Double) one.get(16)).isNaN();
        assertThat((Double) one.get(17)).isNaN();
        assertThat(one.get(15)).isEqualTo(0.0);
    }

    @Test
    void theEmptyTextIsAText() {
        List<Object> values = running(List.of(List.of(1, 0, 0, 0, "b"), List.of(2, 0, 0, 0, "")), true);
        assertThat(values.get(5)).isEqualTo("");
        assertThat(values.get(8)).isEqualTo("b");
        assertThat(values.get(20)).isEqualTo(2L);
    }

    @Test
    void distinctValuesAreCountedWithinThreeErrors() {
        List<List<Object>> rows = LongStream.range(0, 30_000)
                .mapToObj(value -> List.<Object>of(value, 0, value % 20_000, 0, "t" + value % 3_000))
                .toList();
        List<Object> values = running(rows, false);
        assertThat((Long) values.get(19)).isCloseTo(20_000L, within(960L));
        assertThat((Long) values.get(20)).isCloseTo(3_000L, within(144L));
    }

    @Test
    void refusesWhatAFunctionDoesNotTake() {
        assertThatThrownBy(() -> Aggregate.of("x", Function.SUM, ColumnType.STRING, TEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SUM of STRING");
    }

    private static List<List<Object>> rows(long seed, int count) {
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(List.of(
                    random.nextInt(1_024),
                    0,
                    random.nextInt(2_000) - 1_000,
                    random.nextGaussian() * 1e3,
                    Integer.toString(random.nextInt(500), 36)));
        }
        return rows;
    }

    /** The values after all rows. */
    private static List<Object> running(List<List<Object>> rows, boolean restores) {
        try (OperatorHarness harness = harness(restores)) {
            harness.process(rows);
            List<Object> last = harness.emitted().get(rows.size() - 1);
            return last.subList(1, last.size());
        }
    }

    /** Variances may differ from the nearest double in the last digit. */
    private static List<Object> rounded(List<Object> values) {
        return values.stream()
                .map(value -> value instanceof Double real
                        ? new BigDecimal(real).round(new MathContext(13)).stripTrailingZeros()
                        : value)
                .toList();
    }

    /** Of all state but sums of doubles, whose 106th bit may tell the order. */
    private static String digest(List<List<Object>> rows) {
        List<Aggregate> exact = ALL.stream()
                .filter(aggregate -> aggregate.argumentType() != ColumnType.DOUBLE
                        || aggregate.function() == Function.MIN
                        || aggregate.function() == Function.MAX
                        || aggregate.function() == Function.LAST)
                .toList();
        try (OperatorHarness harness = new OperatorHarness(
                new KeyedAggregateFactory(ROWS, List.of(0), exact, new Emission.None()), ROWS, false)) {
            harness.process(rows);
            return harness.digest();
        }
    }

    private static OperatorHarness harness(boolean restores) {
        return new OperatorHarness(
                new KeyedAggregateFactory(ROWS, List.of(0), ALL, new Emission.Changes()), ROWS, restores);
    }

    private static List<Object> expected(List<List<Object>> rows) {
        List<Long> wholes = rows.stream()
                .map(row -> ((Number) row.get(1 + WHOLE)).longValue())
                .toList();
        List<Double> reals =
                rows.stream().map(row -> (Double) row.get(1 + REAL)).toList();
        List<String> texts =
                rows.stream().map(row -> (String) row.get(1 + TEXT)).toList();
        double sum = exactSum(reals).doubleValue();
        return List.of(
                (long) rows.size(),
                wholes.stream().mapToLong(whole -> whole).sum(),
                sum,
                Collections.min(wholes),
                Collections.min(reals),
                Collections.min(texts),
                Collections.max(wholes),
                Collections.max(reals),
                Collections.max(texts),
                (double) wholes.stream().mapToLong(whole -> whole).sum() / wholes.size(),
                sum / reals.size(),
                ((Number) first(rows, WHOLE)).longValue(),
                first(rows, TEXT),
                last(rows, REAL),
                last(rows, TEXT),
                variance(wholes.stream().map(BigDecimal::valueOf).toList(), 0).doubleValue(),
                Math.sqrt(variance(wholes.stream().map(BigDecimal::valueOf).toList(), 1)
                        .doubleValue()),
                variance(reals.stream().map(BigDecimal::new).toList(), 1).doubleValue(),
                Math.sqrt(variance(reals.stream().map(BigDecimal::new).toList(), 0)
                        .doubleValue()),
                (long) new HashSet<>(wholes).size(),
                (long) new HashSet<>(texts).size());
    }

    private static BigDecimal exactSum(List<Double> terms) {
        return terms.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal variance(List<BigDecimal> terms, int spare) {
        BigDecimal count = new BigDecimal(BigInteger.valueOf(terms.size()));
        BigDecimal sum = terms.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares = terms.stream().map(term -> term.multiply(term)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return count.multiply(squares)
                .subtract(sum.multiply(sum))
                .divide(count.multiply(count.subtract(BigDecimal.valueOf(spare))), new MathContext(60));
    }

    private static Object first(List<List<Object>> rows, int column) {
        return rows.stream().min(byTime(column)).orElseThrow().get(1 + column);
    }

    private static Object last(List<List<Object>> rows, int column) {
        return rows.stream().max(byTime(column)).orElseThrow().get(1 + column);
    }

    @SuppressWarnings("unchecked")
    private static Comparator<List<Object>> byTime(int column) {
        return Comparator.<List<Object>>comparingInt(row -> (Integer) row.get(0))
                .thenComparing(row -> (Comparable<Object>) row.get(1 + column));
    }
}
