package io.strandline.bench.flink;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Gives reader {@code i} split {@code i}, once; what a failed reader had comes back to it. */
final class ScriptEnumerator implements SplitEnumerator<ScriptSplit, Integer> {

    private final SplitEnumeratorContext<ScriptSplit> context;
    private int assigned;

    ScriptEnumerator(SplitEnumeratorContext<ScriptSplit> context, int assigned) {
        this.context = context;
        this.assigned = assigned;
    }

    @Override
    public void start() {
        // readers register themselves
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // readers do not ask
    }

    @Override
    public void addSplitsBack(List<ScriptSplit> splits, int subtask) {
        splits.forEach(split -> context.assignSplit(split, subtask));
    }

    @Override
    public void addReader(int subtask) {
        if (assigned < context.currentParallelism()) {
            assigned++;
            context.assignSplit(new ScriptSplit(subtask, 0), subtask);
        }
    }

    @Override
    public Integer snapshotState(long checkpoint) {
        return assigned;
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Four bytes. */
    static final class Serializer implements SimpleVersionedSerializer<Integer> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Integer assigned) {
            return ByteBuffer.allocate(4).putInt(assigned).array();
        }

        @Override
        public Integer deserialize(int version, byte[] bytes) {
            return ByteBuffer.wrap(bytes).getInt();
        }
    }
}
