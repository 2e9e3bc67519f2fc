package io.strandline.bench.flink;

import io.strandline.bench.measure.Rows;
import io.strandline.bench.measure.Script;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads one split, many records a call. */
final class ScriptReader implements SourceReader<Reading, ScriptSplit> {

    private static final int BATCH = 512;

    /** How long it rests when no record is due: short beside the buffer time-out. */
    private static final long REST_NANOS = 50_000L;

    private final Script script = Shared.script();
    private final Rows rows = Rows.of(BATCH);
    private final Reading reading = new Reading();
    private CompletableFuture<Void> assigned = new CompletableFuture<>();
    private @Nullable ScriptSplit split;
    private long offset;

    @Override
    public void start() {
        // splits are assigned
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Reading> output) {
        if (split == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        int read = script.fill(split.index(), offset, rows);
        if (read == 0) {
            LockSupport.parkNanos(REST_NANOS);
        }
        for (int row = 0; row < read; row++) {
            reading.key = rows.keys()[row];
            reading.value = rows.values()[row];
            reading.created = rows.created()[row];
            output.collect(reading);
        }
        offset += read;
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<ScriptSplit> snapshotState(long checkpoint) {
        return split == null ? List.of() : List.of(new ScriptSplit(split.index(), offset));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return assigned;
    }

    @Override
    public void addSplits(List<ScriptSplit> splits) {
        split = splits.get(0);
        offset = split.offset();
        assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        // each has one
    }

    @Override
    public void close() {
        assigned = new CompletableFuture<>();
    }
}
