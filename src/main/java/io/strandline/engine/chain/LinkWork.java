package io.strandline.engine.chain;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.state.SubtaskState;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a vertex does in a chain. */
public interface LinkWork extends Closeable {

    /**
     * Nothing but passing on what has been read.
     *
     * @param rejects what could not be read
     */
    static LinkWork source(Rejects rejects) {
        return new SourceWork(rejects);
    }

    /**
     * An operator's.
     *
     * @param state null for an operator that keeps none
     */
    static LinkWork operator(Operator operator, OperatorContext context, @Nullable SubtaskState state) {
        return new OperatorWork(operator, context, state);
    }

    /**
     * A sink's.
     *
     * @param stalls told why there is no room for more rows, and null when there is again
     */
    static LinkWork sink(Sink sink, SinkWriterContext context, Consumer<@Nullable Throwable> stalls) {
        return new SinkWork(sink, context, stalls);
    }

    /** Called once, before anything else. */
    void open() throws IOException;

    /** Takes rows of one of its inputs; what follows from them is emitted by {@code link}. */
    void process(int input, Batch batch, ChainLink link) throws IOException;

    /** Whether there is room for more rows. */
    default boolean ready() throws IOException {
        return true;
    }

    /** Event time has reached {@code watermark}; whether all is done. */
    default boolean advance(long watermark, ChainLink link) throws IOException {
        return true;
    }

    /** Emits what is held back; whether all is done. */
    default boolean flush(ChainLink link) throws IOException {
        return true;
    }

    /** Processing time has passed. */
    default void tick(long nowNanos, ChainLink link) throws IOException {}

    /** When it wants to be told the time at the latest; {@code Long.MAX_VALUE} for never. */
    default long tickDue() {
        return Long.MAX_VALUE;
    }

    /** Does a slice of its state's own work; whether there is more to copy. */
    default boolean sweep() {
        return false;
    }

    /** Begins to look a key up in its state; empty when it has no such state. */
    default Optional<SubtaskState.Look> look(String state, List<Object> key) {
        return Optional.empty();
    }

    /** Whether its state may be used. */
    default boolean isReady() {
        return true;
    }

    /** Freezes its state, or seals its output, for an attempt. */
    default void freeze(Freeze freeze) throws IOException {}

    @Override
    default void close() throws IOException {}
}
