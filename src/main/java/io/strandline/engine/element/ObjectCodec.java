package io.strandline.engine.element;

/**
 * Lets BYTES columns hold objects while rows are on their way within the process; called only where rows have to be written down,
 * for an attempt that overtakes them. Safe for concurrent use.
 */
public interface ObjectCodec {

    /** An object of a BYTES column in bytes. */
    byte[] encode(int column, Object value);

    /** The object that was encoded. */
    Object decode(int column, byte[] content);
}
