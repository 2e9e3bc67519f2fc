package io.strandline.bench.flink;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Plays the shared script, one split a reader. */
final class ScriptSource implements Source<Reading, ScriptSplit, Integer> {

    private static final long serialVersionUID = 1L;

    private final int parallelism;

    ScriptSource(int parallelism) {
        this.parallelism = parallelism;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Reading, ScriptSplit> createReader(SourceReaderContext context) {
        return new ScriptReader();
    }

    @Override
    public SplitEnumerator<ScriptSplit, Integer> createEnumerator(SplitEnumeratorContext<ScriptSplit> context) {
        return new ScriptEnumerator(context, 0);
    }

    @Override
    public SplitEnumerator<ScriptSplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<ScriptSplit> context, Integer assigned) {
        return new ScriptEnumerator(context, parallelism);
    }

    @Override
    public SimpleVersionedSerializer<ScriptSplit> getSplitSerializer() {
        return new ScriptSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new ScriptEnumerator.Serializer();
    }
}
