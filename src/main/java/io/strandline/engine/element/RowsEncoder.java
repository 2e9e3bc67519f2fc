package io.strandline.engine.element;

import io.strandline.snapshot.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes batches down, one block each: the number of rows, their event times, then column after column; a fixed-width value
 * is eight bytes (doubles as raw bits), another one its length and its bytes. Big-endian.
 */
public final class RowsEncoder {

    private static final int LEAST_BYTES = 1 << 12;

    private ByteBuffer bytes = ByteBuffer.allocate(LEAST_BYTES);
    private long rows;

    /** Adds the rows of a batch. */
    public void add(Batch batch) {
        int size = batch.size();
        rows += size;
        ready(Integer.BYTES);
        bytes.putInt(size);
        put(batch.timestamps(), size);
        for (int column = 0; column < batch.type().size(); column++) {
            put(batch, column, size);
        }
    }

    /** Rows so far. */
    public long rows() {
        return rows;
    }

    /** Bytes so far. */
    public long length() {
        return bytes.position();
    }

    /** Everything written so far. */
    public byte[] toBytes() {
        byte[] content = new byte[bytes.position()];
        bytes.duplicate().flip().get(content);
        return content;
    }

    private void put(Batch batch, int column, int size) {
        ColumnType type = batch.type().column(column).type();
        if (type == ColumnType.DOUBLE) {
            ready(size * Double.BYTES);
            bytes.asDoubleBuffer().put(batch.doubles(column), 0, size);
            bytes.position(bytes.position() + size * Double.BYTES);
        } else if (type.fixedWidth()) {
            put(batch.longs(column), size);
        } else {
            Object[] values = batch.objects(column);
            ObjectCodec objects = type == ColumnType.BYTES ? batch.type().objects() : null;
            for (int row = 0; row < size; row++) {
                put(objects == null ? bytes(values[row]) : objects.encode(column, values[row]));
            }
        }
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] raw ? raw : ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    private void put(long[] values, int size) {
        ready(size * Long.BYTES);
        bytes.asLongBuffer().put(values, 0, size);
        bytes.position(bytes.position() + size * Long.BYTES);
    }

    private void put(byte[] value) {
        ready(Integer.BYTES + value.length);
        bytes.putInt(value.length);
        bytes.put(value);
    }

    private void ready(int more) {
        if (bytes.remaining() < more) {
            int wanted = Math.addExact(bytes.position(), more);
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(wanted, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * wanted)));
            bytes.flip();
            bytes = larger.put(bytes);
        }
    }
}
