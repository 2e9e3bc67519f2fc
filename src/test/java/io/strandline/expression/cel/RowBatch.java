package io.strandline.expression.cel;

import io.strandline.expression.ColumnKernel;
import io.strandline.expression.Columns;
import io.strandline.expression.CompiledExpression;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rows written out one by one, as columns. */
final class RowBatch implements Columns {

    private final Object[] columns;
    private final int size;

    RowBatch(RowSchema schema, List<Map<String, Object>> rows) {
        size = rows.size();
        columns = new Object[schema.size()];
        for (int i = 0; i < schema.size(); i++) {
            String name = schema.names().get(i);
            List<Object> values = rows.stream().map(row -> row.get(name)).toList();
            columns[i] = switch (schema.type(i).physical()) {
                case LONGS -> values.stream().mapToLong(RowBatch::asLong).toArray();
                case DOUBLES ->
                    values.stream().mapToDouble(value -> (Double) value).toArray();
                case OBJECTS -> values.toArray();
            };
        }
    }

    int size() {
        return size;
    }

    @Override
    public long[] longs(int column) {
        return (long[]) columns[column];
    }

    @Override
    public double[] doubles(int column) {
        return (double[]) columns[column];
    }

    @Override
    public Object[] objects(int column) {
        return (Object[]) columns[column];
    }

    /** Each row's value of the expression: Long (also timestamps and durations), Double, Boolean or String. */
    List<Object> values(CompiledExpression expression) {
        ColumnKernel kernel = expression.newKernel();
        switch (expression.type().physical()) {
            case LONGS -> {
                long[] out = Arrays.copyOf(kernel.longs(this, size), size);
                boolean flags = expression.type() == ValueType.BOOLEAN;
                return Arrays.stream(out)
                        .mapToObj(v -> flags ? (Object) (v == 1) : (Object) v)
                        .toList();
            }
            case DOUBLES -> {
                double[] out = Arrays.copyOf(kernel.doubles(this, size), size);
                return Arrays.stream(out).mapToObj(v -> (Object) v).toList();
            }
            default -> {
                Object[] out = Arrays.copyOf(kernel.objects(this, size), size);
                return List.of(out);
            }
        }
    }

    private static long asLong(Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : (Long) value;
    }
}
