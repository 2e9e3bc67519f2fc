package io.strandline.engine.element;

import io.strandline.snapshot.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link RowsEncoder} wrote. */
public final class RowsDecoder {

    private final RowType type;
    private final ByteBuffer bytes;

    /** Rows of the given columns. */
    public RowsDecoder(RowType type, byte[] content) {
        this.type = type;
        this.bytes = ByteBuffer.wrap(content);
    }

    /** The rows of the next batch, null at the end. */
    public @Nullable Batch next() {
        if (!bytes.hasRemaining()) {
            return null;
        }
        int size = bytes.getInt();
        Batch batch = new Batch(type, size);
        get(batch.timestamps(), size);
        for (int column = 0; column < type.size(); column++) {
            get(batch, column, size);
        }
        batch.size(size);
        return batch;
    }

    private void get(Batch batch, int column, int size) {
        ColumnType of = type.column(column).type();
        if (of == ColumnType.DOUBLE) {
            bytes.asDoubleBuffer().get(batch.doubles(column), 0, size);
            bytes.position(bytes.position() + size * Double.BYTES);
        } else if (of.fixedWidth()) {
            get(batch.longs(column), size);
        } else {
            for (int row = 0; row < size; row++) {
                byte[] value = new byte[bytes.getInt()];
                bytes.get(value);
                batch.objects(column)[row] = content(column, of, value);
            }
        }
    }

    private Object content(int column, ColumnType of, byte[] value) {
        if (of == ColumnType.STRING) {
            return new String(value, StandardCharsets.UTF_8);
        }
        ObjectCodec objects = type.objects();
        return objects == null ? value : objects.decode(column, value);
    }

    private void get(long[] values, int size) {
        bytes.asLongBuffer().get(values, 0, size);
        bytes.position(bytes.position() + size * Long.BYTES);
    }
}
