package io.strandline.crash;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Configuration;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.RowFunction;
import io.strandline.api.type.Columns;
import io.strandline.api.type.Row;
import java.util.Random;

/** Hands rows on as they are, until it throws: at another row each time, about one in {@code oneIn}. */
public final class Fragile implements RowFunction {

    private long oneIn;
    private long left;

    @Override
    public Columns configure(Configuration config, Columns input) {
        config.allow("oneIn");
        oneIn = config.number("oneIn", 30_000L);
        return input;
    }

    @Override
    public void open(OpenContext context) {
        left = (long) (-Math.log(1 - new Random().nextDouble()) * oneIn);
    }

    @Override
    public void process(Row row, Context<Row> context, Collector<Row> out) {
        if (left-- <= 0) {
            throw new IllegalStateException("one of many failures, wanted by the test");
        }
        out.collect(row);
    }
}
