package io.strandline.engine.connector.record;

import io.strandline.engine.element.Batch;

/** Turns one line into one row. Used by one thread. */
public interface RecordParser {

    /**
     * Writes the record in {@code bytes[from]} to {@code bytes[to - 1]} as row {@code into.size()}; the caller counts it.
     *
     * @throws RecordFormatException when it is not a record of the schema; the row is then half written and does not count
     */
    void parse(byte[] bytes, int from, int to, Batch into) throws RecordFormatException;
}
