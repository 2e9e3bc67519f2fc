package io.strandline.engine.connector.part;

import io.strandline.engine.element.Batch;
import java.nio.ByteBuffer;

/** Puts rows into the form that a sink's parts have. Used by one thread. */
public interface RowEncoder {

    /** The file name's extension. */
    String extension();

    /** What a part begins with. */
    ByteBuffer header();

    /** Adds one row to what is pending. */
    void append(Batch batch, int row);

    /** About how many bytes are pending. */
    int pending();

    /** Takes what is pending. */
    ByteBuffer take();
}
