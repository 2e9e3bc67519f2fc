package io.strandline.bench.flink;

import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A split of the script and where to go on.
 *
 * @param index of the split
 * @param offset of its next record
 */
record ScriptSplit(int index, long offset) implements SourceSplit {

    @Override
    public String splitId() {
        return Integer.toString(index);
    }

    /** Twelve bytes. */
    static final class Serializer implements SimpleVersionedSerializer<ScriptSplit> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(ScriptSplit split) {
            return ByteBuffer.allocate(12)
                    .putInt(split.index)
                    .putLong(split.offset)
                    .array();
        }

        @Override
        public ScriptSplit deserialize(int version, byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new ScriptSplit(buffer.getInt(), buffer.getLong());
        }
    }
}
