package io.strandline.state;

import io.strandline.snapshot.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads the canonical encoding of values with given columns: of a fixed-width column its word, big-endian; of any
 * other its length in four bytes, then its bytes.
 */
public final class ValueCodec {

    private final List<Column> columns;
    private final boolean[] fixed;

    /** For values of these columns. */
    public ValueCodec(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.fixed = new boolean[columns.size()];
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = columns.get(i).type().fixedWidth();
        }
    }

    /** Whether every column is one word. */
    public boolean fixedWidth() {
        return columns.stream().allMatch(column -> column.type().fixedWidth());
    }

    /** Appends the value whose words begin at {@code at}. */
    public void encode(long[] words, int at, ValueSlab values, KeyBuffer out) {
        for (int i = 0; i < fixed.length; i++) {
            if (fixed[i]) {
                out.putRaw(words[at + i]);
            } else {
                out.putValue(values, words[at + i]);
            }
        }
    }

    /** Reads a value from the buffer's position into words, and contents into {@code values}. */
    public void decode(ByteBuffer in, long[] words, int at, ValueSlab values) {
        for (int i = 0; i < fixed.length; i++) {
            if (fixed[i]) {
                words[at + i] = in.getLong();
            } else if (in.hasArray()) {
                int length = in.getInt();
                words[at + i] = values.put(in.array(), in.arrayOffset() + in.position(), length);
                in.position(in.position() + length);
            } else {
                byte[] content = content(in);
                words[at + i] = values.put(content, 0, content.length);
            }
        }
    }

    /** Reads a value from the buffer's position: one boxed value a column. */
    public List<Object> decode(ByteBuffer in) {
        List<Object> value = new ArrayList<>(columns.size());
        for (Column column : columns) {
            value.add(
                    switch (column.type()) {
                        case LONG, BOOLEAN, TIMESTAMP, DURATION -> in.getLong();
                        case DOUBLE -> Double.longBitsToDouble(in.getLong());
                        case STRING -> new String(content(in), StandardCharsets.UTF_8);
                        case BYTES -> content(in);
                    });
        }
        return value;
    }

    private static byte[] content(ByteBuffer in) {
        byte[] content = new byte[in.getInt()];
        in.get(content);
        return content;
    }
}
