package io.strandline.engine.operator.aggregate;

import io.strandline.state.ValueSlab;
import java.nio.charset.StandardCharsets;

/** Reads texts out of a slab, through a buffer of its own. */
final class ValueText {

    private byte[] buffer = new byte[64];

    String read(ValueSlab values, long reference) {
        int length = bytes(values, reference);
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    /** Reads the UTF-8 into {@link #buffer}; returns its length. */
    int bytes(ValueSlab values, long reference) {
        int length = values.length(reference);
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, 2 * buffer.length)];
        }
        values.read(reference, buffer, 0);
        return length;
    }

    byte[] buffer() {
        return buffer;
    }
}
