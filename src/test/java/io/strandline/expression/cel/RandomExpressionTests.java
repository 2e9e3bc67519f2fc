package io.strandline.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.strandline.expression.CompiledExpression;
import io.strandline.expression.EvaluationException;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Functions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random expressions over random rows: kernels against CEL's runtime as it comes, equal values and equal kinds of failure.
 * {@code -Dstrandline.expressions=200000} makes more of them, {@code -Dstrandline.seed=…} others. A failure prints the seed
 * and the expression.
 */
class RandomExpressionTests {

    private static final int EXPRESSIONS = Integer.getInteger("strandline.expressions", 2_000);
    private static final long SEED = Long.getLong("strandline.seed", 20231123L);
    private static final int ROWS = 40;
    private static final RowSchema SCHEMA = RandomExpression.SCHEMA;

    private static final CelRuntime REFERENCE = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .build())
            .addLibraries(CelExtensions.strings(), CelExtensions.math(2))
            .build();

    /** What is wrong with a row. */
    private enum Kind {
        DIVISION_BY_ZERO,
        OVERFLOW,
        OTHER
    }

    @Test
    void agreesWithTheRuntimeOfCel() throws CelValidationException, CelEvaluationException {
        int refused = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            long seed = SEED + i;
            RandomExpression random = new RandomExpression(new Random(seed));
            String text = random.any();
            try {
                compare("seed " + seed + ": " + text, Expression.compile(text, SCHEMA), rows(random));
            } catch (ExpressionException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("seed %d: %s", seed, text)
                        .satisfiesAnyOf(
                                message -> assertThat(message).contains("its value is a dyn"),
                                message -> assertThat(message).doesNotContain("column", "does not take"));
            }
        }
        assertThat(refused).as("constants without a value").isLessThan(EXPRESSIONS / 5);
    }

    /** A generator that writes the same few forms over and over would prove little. */
    @Test
    void writesEveryFunction() {
        String all = String.join(
                "\n",
                IntStream.range(0, 5_000)
                        .mapToObj(i -> new RandomExpression(new Random(SEED + i)).any())
                        .toList());

        assertThat(Functions.all())
                .extracting(
                        function -> function.name().replace("@max", "greatest").replace("@min", "least"))
                .extracting(name -> name.replace("_", ""))
                .allSatisfy(name -> assertThat(all).contains(name.equals("?:") ? "?" : name));
    }

    private static List<Map<String, Object>> rows(RandomExpression random) {
        return IntStream.range(0, ROWS).mapToObj(i -> random.row()).toList();
    }

    private static void compare(String what, CompiledExpression compiled, List<Map<String, Object>> rows)
            throws CelValidationException, CelEvaluationException {
        CelAbstractSyntaxTree tree =
                Language.compiler(SCHEMA).compile(compiled.text()).getAst();
        CelRuntime.Program program = REFERENCE.createProgram(tree);
        List<Map<String, Object>> sound = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        Map<Integer, Kind> failures = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                values.add(toColumn(program.eval(variables(rows.get(i)))));
                sound.add(rows.get(i));
            } catch (CelEvaluationException e) {
                failures.put(i, kind(e.getErrorCode()));
            }
        }

        assertThat(failures(compiled, rows).keySet()).as(what).isEqualTo(failures.keySet());
        assertThat(failures(compiled, rows)).as(what).isEqualTo(failures);
        assertThat(new RowBatch(SCHEMA, sound).values(compiled)).as(what).isEqualTo(values);
    }

    private static Map<Integer, Kind> failures(CompiledExpression compiled, List<Map<String, Object>> rows) {
        Map<Integer, Kind> failures = new TreeMap<>();
        try {
            new RowBatch(SCHEMA, rows).values(compiled);
        } catch (EvaluationException e) {
            e.failures().forEach(failure -> failures.put(failure.row(), kind(failure.detail())));
        }
        return failures;
    }

    private static Kind kind(CelErrorCode code) {
        return switch (code) {
            case DIVIDE_BY_ZERO -> Kind.DIVISION_BY_ZERO;
            case NUMERIC_OVERFLOW -> Kind.OVERFLOW;
            default -> Kind.OTHER;
        };
    }

    private static Kind kind(String detail) {
        if (detail.contains("a division by zero")) {
            return Kind.DIVISION_BY_ZERO;
        }
        return detail.contains("does not fit into") ? Kind.OVERFLOW : Kind.OTHER;
    }

    private static Map<String, Object> variables(Map<String, Object> row) {
        Map<String, Object> variables = new HashMap<>(row);
        for (RowSchema.Column column : SCHEMA.columns()) {
            if (column.type() == ValueType.TIMESTAMP) {
                variables.put(column.name(), Instant.ofEpochMilli((Long) row.get(column.name())));
            } else if (column.type() == ValueType.DURATION) {
                variables.put(column.name(), Duration.ofMillis((Long) row.get(column.name())));
            }
        }
        return variables;
    }

    private static Object toColumn(Object value) {
        return value instanceof Instant instant
                ? instant.toEpochMilli()
                : value instanceof Duration duration ? duration.toMillis() : value;
    }
}
