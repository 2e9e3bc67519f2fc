package io.strandline.engine.task;

import io.strandline.engine.element.Batch;
import java.io.Closeable;
import java.io.IOException;

/** What a vertex does in a chain. */
interface LinkWork extends Closeable {

    void open() throws IOException;

    void process(int input, Batch batch, ChainLink link) throws IOException;

    /** Whether there is room for more rows. */
    default boolean ready() throws IOException {
        return true;
    }

    /** Whether all is done. */
    default boolean advance(long watermark, ChainLink link) throws IOException {
        return true;
    }

    /** Whether all is done. */
    default boolean flush(ChainLink link) throws IOException {
        return true;
    }

    default void tick(long nowNanos, ChainLink link) throws IOException {}

    /** Does a slice of its state's own work; whether there is more to copy. */
    default boolean sweep() {
        return false;
    }

    /** Whether its state may be used. */
    default boolean isReady() {
        return true;
    }

    default void freeze(Freeze freeze) throws IOException {}

    @Override
    default void close() throws IOException {}
}
