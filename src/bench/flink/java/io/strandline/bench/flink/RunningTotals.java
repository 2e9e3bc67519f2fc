package io.strandline.bench.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** Counts and sums up under each key. */
final class RunningTotals extends RichMapFunction<Reading, Totals> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<Totals> state;
    private transient Totals out = new Totals();

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext()
                .getState(
                        new ValueStateDescriptor<>("totals", new HandWritten<>(Totals.class, new TotalsSerializer())));
        out = new Totals();
    }

    @Override
    public Totals map(Reading reading) throws Exception {
        ValueState<Totals> kept = state;
        if (kept == null) {
            throw new IllegalStateException("not open");
        }
        Shared.meet();
        Totals totals = kept.value();
        if (totals == null) {
            totals = new Totals();
        }
        totals.count++;
        totals.sum += reading.value;
        kept.update(totals);
        out.key = reading.key;
        out.count = totals.count;
        out.sum = totals.sum;
        out.created = reading.created;
        return out;
    }
}
