package io.strandline.expression.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import io.strandline.expression.Columns;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Kernels;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of an expression that CEL's runtime evaluates, row by row: about half a million to two million rows a second, and fewer
 * for macros such as {@code exists}, which evaluate their body for every element. Each part that is evaluated counts as a step,
 * and long values as several; a row that takes more than {@value #MAX_STEPS} has no value.
 */
final class RowProgram implements Kernels.RowFunction, CelEvaluationListener {

    /** Steps that one row may take. */
    static final long MAX_STEPS = 100_000;

    private static final Pattern PREFIX = Pattern.compile("^evaluation error( at <input>:\\d+)?: ");
    private static final int UNITS_A_STEP = 64;

    private final CelRuntime.Program program;
    private final RowSchema schema;
    private final ValueType type;
    private long steps;

    RowProgram(CelRuntime.Program program, RowSchema schema, ValueType type) {
        this.program = program;
        this.schema = schema;
        this.type = type;
    }

    @Override
    public Object apply(Columns in, int row) {
        steps = 0;
        try {
            return toColumn(program.trace(name -> variable(name, in, row), this));
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException(steps > MAX_STEPS ? tooCostly() : detail(e), e);
        }
    }

    private static String detail(CelEvaluationException e) {
        String message = PREFIX.matcher(String.valueOf(e.getMessage())).replaceFirst("");
        // CEL's own message repeats the arguments, however long they are
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (e.getErrorCode()) {
            case DIVIDE_BY_ZERO -> "a division by zero";
            case NUMERIC_OVERFLOW -> "a number that does not fit into 64 bits";
            case ATTRIBUTE_NOT_FOUND -> "there is no key '" + message + "'";
            default -> cause instanceof IllegalArgumentException ? String.valueOf(cause.getMessage()) : message;
        };
    }

    /** Counts a step; beyond the limit every further one fails, so nothing can absorb that. */
    @Override
    public void callback(CelExpr expr, Object value) {
        int units = value instanceof String text
                ? text.length()
                : value instanceof Collection<?> list ? list.size() : value instanceof Map<?, ?> map ? map.size() : 0;
        steps += 1 + units / UNITS_A_STEP;
        if (steps > MAX_STEPS) {
            throw new IllegalArgumentException(tooCostly());
        }
    }

    private static String tooCostly() {
        return "it takes more than " + MAX_STEPS + " steps for this row";
    }

    private Optional<Object> variable(String name, Columns in, int row) {
        int column = schema.indexOf(name);
        return column < 0 ? Optional.empty() : Optional.of(fromColumn(schema.type(column), in, column, row));
    }

    private static Object fromColumn(ValueType type, Columns in, int column, int row) {
        return switch (type) {
            case LONG -> in.longs(column)[row];
            case DOUBLE -> in.doubles(column)[row];
            case BOOLEAN -> in.longs(column)[row] != 0;
            case STRING -> in.objects(column)[row];
            case TIMESTAMP -> Instant.ofEpochMilli(in.longs(column)[row]);
            case DURATION -> Duration.ofMillis(in.longs(column)[row]);
        };
    }

    private Object toColumn(Object value) {
        return switch (type) {
            case LONG, DOUBLE, STRING -> value;
            case BOOLEAN -> (Boolean) value ? 1L : 0L;
            case TIMESTAMP -> wholeMillis(((Instant) value).toEpochMilli(), ((Instant) value).getNano());
            case DURATION -> wholeMillis(((Duration) value).toMillis(), ((Duration) value).getNano());
        };
    }

    private static Object wholeMillis(long millis, int nanos) {
        if (nanos % ChronoUnit.MILLIS.getDuration().toNanos() != 0) {
            throw new IllegalArgumentException("a time finer than a millisecond");
        }
        return millis;
    }
}
