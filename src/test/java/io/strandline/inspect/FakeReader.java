package io.strandline.inspect;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateDigest;
import java.util.List;
import java.util.Optional;

/** Knows nothing, and whether it was closed. */
final class FakeReader implements SnapshotReader {

    private volatile boolean closed;

    boolean closed() {
        return closed;
    }

    @Override
    public List<OperatorContent> operators() {
        return List.of();
    }

    @Override
    public Optional<StateSchema> schema(String operator, String state) {
        return Optional.empty();
    }

    @Override
    public List<Entry> lookup(String operator, String state, List<Object> key) {
        return List.of();
    }

    @Override
    public long scan(String operator, String state, EntryVisitor visitor) {
        return 0;
    }

    @Override
    public Slice slice(String operator, String state, SliceRequest request) {
        return new Slice(List.of(), null);
    }

    @Override
    public long[] count(String operator, String state) {
        return new long[0];
    }

    @Override
    public StateDigest stateDigest(Progress progress) {
        return new StateDigest("e".repeat(64), List.of());
    }

    @Override
    public void close() {
        closed = true;
    }
}
