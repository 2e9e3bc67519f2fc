package io.strandline.bench.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Count and sum: as a state's value; what is emitted goes to a chained sink and is never serialised. */
final class TotalsSerializer extends LongsSerializer<Totals> {

    private static final long serialVersionUID = 1L;

    TotalsSerializer() {
        super(2);
    }

    @Override
    public Totals createInstance() {
        return new Totals();
    }

    @Override
    public Totals copy(Totals from, Totals into) {
        into.key = from.key;
        into.count = from.count;
        into.sum = from.sum;
        into.created = from.created;
        return into;
    }

    @Override
    public void serialize(Totals totals, DataOutputView target) throws IOException {
        target.writeLong(totals.count);
        target.writeLong(totals.sum);
    }

    @Override
    public Totals deserialize(Totals into, DataInputView source) throws IOException {
        into.count = source.readLong();
        into.sum = source.readLong();
        return into;
    }

    @Override
    public TypeSerializerSnapshot<Totals> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a checkpoint says of the serialiser. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Totals> {

        public Snapshot() {
            super(TotalsSerializer::new);
        }
    }
}
