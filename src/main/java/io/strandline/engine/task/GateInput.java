package io.strandline.engine.task;

import io.strandline.engine.channel.InFlight;
import io.strandline.engine.channel.InputGate;
import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.snapshot.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements come from other subtasks. */
final class GateInput implements Input {

    private final InputGate gate;

    GateInput(InputGate gate) {
        this.gate = gate;
    }

    @Override
    public void open(long nowNanos) {
        // channels are there from the start
    }

    @Override
    public @Nullable Element poll(long nowNanos) {
        return gate.poll(nowNanos);
    }

    @Override
    public long dueNanos(long nowNanos) {
        return Long.MAX_VALUE;
    }

    @Override
    public int input() {
        return gate.input();
    }

    @Override
    public void release(Batch batch) {
        gate.release(batch);
    }

    @Override
    public void abort(long number) {
        gate.abort(number);
    }

    @Override
    public long firstSeen(Barrier barrier) {
        return gate.alignedSince();
    }

    @Override
    public long alignedBytes() {
        return gate.alignedBytes();
    }

    @Override
    public @Nullable Barrier overtaking(long nowNanos) {
        return gate.overtaking(nowNanos);
    }

    @Override
    public long overtakesAt() {
        return gate.overtakesAt();
    }

    @Override
    public @Nullable Batch pending() {
        return null;
    }

    @Override
    public void overtake(Barrier barrier, long nowNanos, InFlight into) {
        gate.overtake(barrier, nowNanos, into);
    }

    @Override
    public boolean collect(InFlight into) {
        return gate.collect(into);
    }

    @Override
    public List<SourcePosition> positions() {
        return List.of();
    }

    @Override
    public void trigger(Barrier barrier, boolean pause) {
        throw new IllegalStateException("barriers enter at sources, not here: " + barrier);
    }

    @Override
    public void resume() {
        // only sources pause
    }

    @Override
    public void drain() {
        // ends when its sources do
    }

    @Override
    public void close() {
        // channels hold nothing but memory
    }
}
