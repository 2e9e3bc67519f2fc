package io.strandline.bench.flink;

import io.strandline.bench.measure.Randoms;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.jspecify.annotations.Nullable;

/** Keeps bytes made from a key's newest value. */
final class Payloads extends RichMapFunction<Reading, Totals> {

    private static final long serialVersionUID = 1L;

    private final int size;
    private transient @Nullable ValueState<byte[]> state;
    private transient Totals out = new Totals();

    Payloads(int size) {
        this.size = size;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext()
                .getState(
                        new ValueStateDescriptor<>("payloads", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        out = new Totals();
    }

    @Override
    public Totals map(Reading reading) throws Exception {
        ValueState<byte[]> kept = state;
        if (kept == null) {
            throw new IllegalStateException("not open");
        }
        byte[] bytes = new byte[size];
        Randoms.bytes(reading.value, bytes);
        kept.update(bytes);
        out.key = reading.key;
        out.created = reading.created;
        return out;
    }
}
