package io.strandline.api.type;

import io.strandline.state.ValueSlab;

/** Puts contents into a state and gets them back. */
final class Contents {

    private Contents() {}

    static long put(ValueSlab values, byte[] content) {
        return append(values, 0, content);
    }

    static long append(ValueSlab values, long reference, byte[] more) {
        if ((long) values.length(reference) + more.length > ValueSlab.LONGEST) {
            throw new ValueMisfitException("a value of %d bytes; a state keeps at most %d a value"
                    .formatted((long) values.length(reference) + more.length, ValueSlab.LONGEST));
        }
        return reference == 0 ? values.put(more, 0, more.length) : values.append(reference, more, 0, more.length);
    }

    static byte[] read(ValueSlab values, long reference) {
        byte[] content = new byte[values.length(reference)];
        values.read(reference, content, 0);
        return content;
    }
}
