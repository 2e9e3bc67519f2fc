package io.strandline.state;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads the canonical encoding of keys with given columns, see {@link KeyBuffer}. */
public final class KeyCodec {

    /** What a column of variable width ends with. */
    private static final int END_BYTES = 2;

    private final List<Column> columns;

    /** For keys of these columns. */
    public KeyCodec(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Whether a key is one whole number: eight bytes, and {@code long[]} in batches. */
    public boolean singleLong() {
        return columns.size() == 1 && isLong(columns.get(0).type());
    }

    /** Appends the key of one row. */
    public void encode(KeyColumns keys, int row, KeyBuffer out) {
        for (int i = 0; i < columns.size(); i++) {
            Object array = keys.array(i);
            if (array instanceof long[] longs) {
                out.putLong(longs[row]);
            } else if (array instanceof double[] doubles) {
                out.putDouble(doubles[row]);
            } else {
                encode(((Object[]) array)[row], out);
            }
        }
    }

    /**
     * Appends a key given as boxed values.
     *
     * @throws IllegalArgumentException when number or types of the values are not the columns'
     */
    public void encode(List<Object> key, KeyBuffer out) {
        if (key.size() != columns.size()) {
            throw new IllegalArgumentException("key has %d values, not %d".formatted(key.size(), columns.size()));
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value = key.get(i);
            if (value instanceof Long number && isLong(column.type())) {
                out.putLong(number);
            } else if (value instanceof Double number && column.type() == ColumnType.DOUBLE) {
                out.putDouble(number);
            } else if (value instanceof String && column.type() == ColumnType.STRING
                    || value instanceof byte[] && column.type() == ColumnType.BYTES) {
                encode(value, out);
            } else {
                throw new IllegalArgumentException(
                        "key column %s takes a %s, not %s".formatted(column.name(), column.type(), value));
            }
        }
    }

    /**
     * Appends what all keys begin with whose first columns have these values and whose next one begins so.
     *
     * @param beginning null for any
     * @throws IllegalArgumentException when the values are not the columns'
     */
    public void encodePrefix(List<Object> leading, @Nullable Object beginning, KeyBuffer out) {
        if (leading.size() + (beginning == null ? 0 : 1) > columns.size()) {
            throw new IllegalArgumentException("a key has %d columns".formatted(columns.size()));
        }
        new KeyCodec(columns.subList(0, leading.size())).encode(leading, out);
        if (beginning != null) {
            new KeyCodec(columns.subList(leading.size(), leading.size() + 1)).encode(List.of(beginning), out);
            out.truncate(out.length() - END_BYTES);
        }
    }

    /** Reads a key from the buffer's position, moving it behind the key: one boxed value a column. */
    public List<Object> decode(ByteBuffer in) {
        List<Object> key = new ArrayList<>(columns.size());
        for (Column column : columns) {
            key.add(
                    switch (column.type()) {
                        case LONG, BOOLEAN, TIMESTAMP, DURATION -> in.getLong() ^ Long.MIN_VALUE;
                        case DOUBLE -> KeyBuffer.fromOrderedBits(in.getLong() ^ Long.MIN_VALUE);
                        case STRING, BYTES -> decode(column.type(), in);
                    });
        }
        return key;
    }

    /** Reads a key from the buffer's position into row {@code row} of column arrays. */
    void decode(ByteBuffer in, Object[] arrays, int row) {
        for (int i = 0; i < arrays.length; i++) {
            Object array = arrays[i];
            if (array instanceof long[] longs) {
                longs[row] = in.getLong() ^ Long.MIN_VALUE;
            } else if (array instanceof double[] doubles) {
                doubles[row] = KeyBuffer.fromOrderedBits(in.getLong() ^ Long.MIN_VALUE);
            } else {
                ((Object[]) array)[row] = decode(columns.get(i).type(), in);
            }
        }
    }

    static boolean isLong(ColumnType type) {
        return type.fixedWidth() && type != ColumnType.DOUBLE;
    }

    private static void encode(Object value, KeyBuffer out) {
        if (value instanceof byte[] bytes) {
            out.putEscaped(bytes);
        } else {
            out.putString((String) value);
        }
    }

    /** Reads a column that ends where it says so. */
    private static Object decode(ColumnType type, ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        int length = 0;
        while (true) {
            byte next = in.get();
            if (next == 0 && in.get() == 0) {
                return type == ColumnType.STRING
                        ? new String(bytes, 0, length, StandardCharsets.UTF_8)
                        : Arrays.copyOf(bytes, length);
            }
            bytes[length++] = next;
        }
    }
}
