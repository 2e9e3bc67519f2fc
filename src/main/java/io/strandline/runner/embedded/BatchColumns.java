package io.strandline.runner.embedded;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.expression.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lets a kernel read the batch at hand. */
final class BatchColumns implements Columns {

    private static final int LONGEST_VALUE = 60;

    private @Nullable Batch batch;

    BatchColumns of(Batch current) {
        batch = current;
        return this;
    }

    @Override
    public long[] longs(int column) {
        return current().longs(column);
    }

    @Override
    public double[] doubles(int column) {
        return current().doubles(column);
    }

    @Override
    public Object[] objects(int column) {
        return current().objects(column);
    }

    private Batch current() {
        return Objects.requireNonNull(batch, "no batch yet");
    }

    /** A row as people read it, long texts cut. */
    static String describe(Batch batch, int row) {
        RowType type = batch.type();
        return IntStream.range(0, type.size())
                .mapToObj(column -> type.column(column).name() + ": " + value(batch, column, row))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String value(Batch batch, int column, int row) {
        String text = switch (batch.type().column(column).type()) {
            case LONG -> Long.toString(batch.longs(column)[row]);
            case BOOLEAN -> Boolean.toString(batch.longs(column)[row] != 0);
            case TIMESTAMP -> Instant.ofEpochMilli(batch.longs(column)[row]).toString();
            case DURATION -> Duration.ofMillis(batch.longs(column)[row]).toString();
            case DOUBLE -> Double.toString(batch.doubles(column)[row]);
            case STRING -> "'" + batch.objects(column)[row] + "'";
            case BYTES -> "bytes";
        };
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
