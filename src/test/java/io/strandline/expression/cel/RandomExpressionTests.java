package io.strandline.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.expression.CompiledExpression;
import io.strandline.expression.EvaluationException;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random expressions over random rows: kernels against an interpreter that walks one row at a time and shares no code
 * with them. A failure prints the seed, the expression and the row.
 */
class RandomExpressionTests {

    private static final RowSchema SCHEMA = new RowSchema(List.of(
            new RowSchema.Column("a", ValueType.LONG),
            new RowSchema.Column("b", ValueType.LONG),
            new RowSchema.Column("x", ValueType.DOUBLE),
            new RowSchema.Column("y", ValueType.DOUBLE),
            new RowSchema.Column("s", ValueType.STRING),
            new RowSchema.Column("t", ValueType.STRING),
            new RowSchema.Column("p", ValueType.BOOLEAN)));

    private static final int ROWS = 200;

    /** An expression's text and what it yields for a row; a row without a value is a {@link NoValue}. */
    private record Sample(String text, Function<Map<String, Object>, Object> value) {}

    /** Thrown where CEL has an error. */
    private static final class NoValue extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheRowInterpreter(long seed) throws ExpressionException {
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            Sample sample = any(random);
            List<Map<String, Object>> rows = rows(random);
            CompiledExpression compiled;
            try {
                compiled = Expression.compile(sample.text(), SCHEMA);
            } catch (ExpressionException e) {
                assertThat(e.getMessage())
                        .as("seed %d: %s", seed, sample.text())
                        .contains("is a division by zero");
                continue;
            }
            compare(seed, sample, compiled, rows);
        }
    }

    private static void compare(long seed, Sample sample, CompiledExpression compiled, List<Map<String, Object>> rows) {
        List<Map<String, Object>> sound = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            try {
                expected.add(sample.value().apply(row));
                sound.add(row);
            } catch (NoValue e) {
                assertFails(seed, sample, compiled, sound, row);
            }
        }
        assertThat(new RowBatch(SCHEMA, sound).values(compiled))
                .as("seed %d: %s", seed, sample.text())
                .isEqualTo(expected);
    }

    private static void assertFails(
            long seed,
            Sample sample,
            CompiledExpression compiled,
            List<Map<String, Object>> before,
            Map<String, Object> row) {
        List<Map<String, Object>> rows = new ArrayList<>(before);
        rows.add(row);
        Object outcome;
        try {
            outcome = new RowBatch(SCHEMA, rows).values(compiled);
        } catch (EvaluationException e) {
            outcome = e.row();
        }
        assertThat(outcome).as("seed %d: %s of %s", seed, sample.text(), row).isEqualTo(before.size());
    }

    private static List<Map<String, Object>> rows(Random random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("a", number(random));
            row.put("b", number(random));
            row.put("x", (double) random.nextInt(5) / 2);
            row.put("y", random.nextInt(20) == 0 ? Double.NaN : (double) random.nextInt(5) - 2);
            row.put("s", word(random));
            row.put("t", word(random));
            row.put("p", random.nextBoolean());
            rows.add(row);
        }
        return rows;
    }

    private static Long number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            default -> (long) random.nextInt(7) - 3;
        };
    }

    private static String word(Random random) {
        return List.of("", "a", "ab", "b", "ba", "aba").get(random.nextInt(6));
    }

    private static Sample any(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> longs(random, 4);
            case 1 -> doubles(random, 4);
            case 2 -> strings(random, 4);
            default -> booleans(random, 5);
        };
    }

    private static Sample longs(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            String column = random.nextBoolean() ? "a" : "b";
            long literal = random.nextInt(9) - 4L;
            return random.nextInt(3) == 0 ? new Sample("(" + literal + ")", row -> literal) : column(column);
        }
        Sample l = longs(random, depth - 1);
        Sample r = longs(random, depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> arithmetic(l, "+", r, Math::addExact);
            case 1 -> arithmetic(l, "-", r, Math::subtractExact);
            case 2 -> arithmetic(l, "*", r, Math::multiplyExact);
            case 3 -> arithmetic(l, "/", r, RandomExpressionTests::divide);
            case 4 ->
                arithmetic(l, "%", r, (m, n) -> {
                    divide(m, n);
                    return m % n;
                });
            case 5 -> conditional(booleans(random, depth - 1), l, r);
            default -> {
                Sample text = strings(random, depth - 1);
                yield new Sample("size(" + text.text() + ")", row ->
                        (long) ((String) text.value().apply(row)).length());
            }
        };
    }

    private static long divide(long m, long n) {
        if (n == 0 || (n == -1 && m == Long.MIN_VALUE)) {
            throw new ArithmeticException();
        }
        return m / n;
    }

    private static Sample doubles(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return column(random.nextBoolean() ? "x" : "y");
        }
        Sample l = doubles(random, depth - 1);
        Sample r = doubles(random, depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> pair(l, "+", r, (m, n) -> (Double) m + (Double) n);
            case 1 -> pair(l, "-", r, (m, n) -> (Double) m - (Double) n);
            case 2 -> pair(l, "*", r, (m, n) -> (Double) m * (Double) n);
            case 3 -> pair(l, "/", r, (m, n) -> (Double) m / (Double) n);
            case 4 -> conditional(booleans(random, depth - 1), l, r);
            default -> {
                Sample whole = longs(random, depth - 1);
                yield new Sample(
                        "double(" + whole.text() + ")",
                        row -> ((Long) whole.value().apply(row)).doubleValue());
            }
        };
    }

    private static Sample strings(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return column(random.nextBoolean() ? "s" : "t");
        }
        Sample l = strings(random, depth - 1);
        return switch (random.nextInt(3)) {
            case 0 -> pair(l, "+", strings(random, depth - 1), (m, n) -> (String) m + n);
            case 1 -> conditional(booleans(random, depth - 1), l, strings(random, depth - 1));
            default -> {
                Sample whole = longs(random, depth - 1);
                yield new Sample(
                        "string(" + whole.text() + ")",
                        row -> whole.value().apply(row).toString());
            }
        };
    }

    private static Sample booleans(Random random, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return column("p");
        }
        return switch (random.nextInt(6)) {
            case 0 -> and(booleans(random, depth - 1), booleans(random, depth - 1));
            case 1 -> or(booleans(random, depth - 1), booleans(random, depth - 1));
            case 2 -> not(booleans(random, depth - 1));
            case 3 -> comparison(random, longs(random, depth - 1), longs(random, depth - 1));
            case 4 -> comparison(random, doubles(random, depth - 1), doubles(random, depth - 1));
            default -> comparison(random, strings(random, depth - 1), strings(random, depth - 1));
        };
    }

    private static Sample column(String name) {
        return new Sample(name, row -> row.get(name));
    }

    private interface Pairwise {
        Object apply(Object left, Object right);
    }

    private interface LongPairwise {
        long apply(long left, long right);
    }

    private static Sample pair(Sample l, String symbol, Sample r, Pairwise operation) {
        return new Sample("(" + l.text() + " " + symbol + " " + r.text() + ")", row -> {
            Object left = l.value().apply(row);
            return operation.apply(left, r.value().apply(row));
        });
    }

    private static Sample arithmetic(Sample l, String symbol, Sample r, LongPairwise operation) {
        return pair(l, symbol, r, (m, n) -> {
            try {
                return operation.apply((Long) m, (Long) n);
            } catch (ArithmeticException e) {
                throw new NoValue();
            }
        });
    }

    private static Sample conditional(Sample condition, Sample yes, Sample no) {
        return new Sample(
                "(" + condition.text() + " ? " + yes.text() + " : " + no.text() + ")",
                row -> (Boolean) condition.value().apply(row)
                        ? yes.value().apply(row)
                        : no.value().apply(row));
    }

    private static Sample not(Sample argument) {
        return new Sample(
                "!(" + argument.text() + ")", row -> !(Boolean) argument.value().apply(row));
    }

    /** False if either side is false, else an error if either side is one. */
    private static Sample and(Sample l, Sample r) {
        return new Sample("(" + l.text() + " && " + r.text() + ")", row -> decide(l, r, row, false));
    }

    private static Sample or(Sample l, Sample r) {
        return new Sample("(" + l.text() + " || " + r.text() + ")", row -> decide(l, r, row, true));
    }

    private static Object decide(Sample l, Sample r, Map<String, Object> row, boolean deciding) {
        boolean failed = false;
        for (Sample side : List.of(l, r)) {
            try {
                if (side.value().apply(row).equals(deciding)) {
                    return deciding;
                }
            } catch (NoValue e) {
                failed = true;
            }
        }
        if (failed) {
            throw new NoValue();
        }
        return !deciding;
    }

    private static Sample comparison(Random random, Sample l, Sample r) {
        return switch (random.nextInt(6)) {
            case 0 -> pair(l, "==", r, (m, n) -> !isNan(m, n) && order(m, n) == 0);
            case 1 -> pair(l, "!=", r, (m, n) -> isNan(m, n) || order(m, n) != 0);
            case 2 -> pair(l, "<", r, (m, n) -> !isNan(m, n) && order(m, n) < 0);
            case 3 -> pair(l, "<=", r, (m, n) -> !isNan(m, n) && order(m, n) <= 0);
            case 4 -> pair(l, ">", r, (m, n) -> !isNan(m, n) && order(m, n) > 0);
            default -> pair(l, ">=", r, (m, n) -> !isNan(m, n) && order(m, n) >= 0);
        };
    }

    private static boolean isNan(Object m, Object n) {
        return m.equals(Double.NaN) || n.equals(Double.NaN);
    }

    private static int order(Object m, Object n) {
        if (m instanceof Double left) {
            return Double.compare(left + 0.0, (Double) n + 0.0);
        }
        return m instanceof Long left ? left.compareTo((Long) n) : ((String) m).compareTo((String) n);
    }
}
