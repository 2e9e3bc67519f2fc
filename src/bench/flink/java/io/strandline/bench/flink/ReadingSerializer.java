package io.strandline.bench.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Three longs. */
final class ReadingSerializer extends LongsSerializer<Reading> {

    private static final long serialVersionUID = 1L;

    ReadingSerializer() {
        super(3);
    }

    @Override
    public Reading createInstance() {
        return new Reading();
    }

    @Override
    public Reading copy(Reading from, Reading into) {
        into.key = from.key;
        into.value = from.value;
        into.created = from.created;
        return into;
    }

    @Override
    public void serialize(Reading reading, DataOutputView target) throws IOException {
        target.writeLong(reading.key);
        target.writeLong(reading.value);
        target.writeLong(reading.created);
    }

    @Override
    public Reading deserialize(Reading into, DataInputView source) throws IOException {
        into.key = source.readLong();
        into.value = source.readLong();
        into.created = source.readLong();
        return into;
    }

    @Override
    public TypeSerializerSnapshot<Reading> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a checkpoint says of the serialiser. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Reading> {

        public Snapshot() {
            super(ReadingSerializer::new);
        }
    }
}
