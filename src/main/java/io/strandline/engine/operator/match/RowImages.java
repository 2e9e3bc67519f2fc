package io.strandline.engine.operator.match;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.state.ValueSlab;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows as bytes, one behind the other: length, time, then the kept columns, whole numbers and doubles as eight bytes, texts as
 * UTF-8 behind their length; all big-endian.
 */
final class RowImages {

    private static final int HEAD = Integer.BYTES + Long.BYTES;

    private final int[] kept;
    private ByteBuffer written = ByteBuffer.allocate(256);
    private ByteBuffer read = ByteBuffer.allocate(256);
    private int next;

    /** {@code kept} are indexes of columns of {@code rows}. */
    RowImages(RowType rows, List<Integer> kept) {
        this.kept = kept.stream().mapToInt(Integer::intValue).toArray();
        this.written = ByteBuffer.allocate(HEAD + Long.BYTES * rows.size());
    }

    /** Appends a row to those that {@code reference} names; the reference of all. */
    long append(ValueSlab slab, long reference, Batch batch, int row) {
        written.clear().position(HEAD);
        for (int column : kept) {
            Object values = batch.column(column);
            if (values instanceof long[] longs) {
                room(Long.BYTES).putLong(longs[row]);
            } else if (values instanceof double[] doubles) {
                room(Long.BYTES).putDouble(doubles[row]);
            } else {
                byte[] text = ((String) ((Object[]) values)[row]).getBytes(StandardCharsets.UTF_8);
                room(Integer.BYTES + text.length).putInt(text.length).put(text);
            }
        }
        int length = written.position();
        written.putInt(0, length).putLong(Integer.BYTES, batch.timestamps()[row]);
        return slab.append(reference, written.array(), 0, length);
    }

    private ByteBuffer room(int bytes) {
        if (written.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(2 * written.capacity() + bytes);
            larger.put(written.flip());
            written = larger;
        }
        return written;
    }

    /** Opens the rows that {@code reference} names, before the first. */
    void open(ValueSlab slab, long reference) {
        int length = slab.length(reference);
        if (read.capacity() < length) {
            read = ByteBuffer.allocate(Math.max(length, 2 * read.capacity()));
        }
        read.clear().limit(slab.read(reference, read.array(), 0));
        next = 0;
    }

    /** Goes on to the next row; whether there is one. */
    boolean next() {
        if (next == read.limit()) {
            return false;
        }
        read.position(next + HEAD);
        next += read.getInt(next);
        return true;
    }

    /** The time of the row at hand. */
    long time() {
        return read.getLong(read.position() - Long.BYTES);
    }

    /** Writes the kept values of the row at hand into {@code into}'s columns, where {@code columns} has an index for each. */
    void copy(Batch into, int[][] columns, int row) {
        for (int[] targets : columns) {
            Object first = into.column(targets[0]);
            if (first instanceof long[]) {
                long value = read.getLong();
                for (int target : targets) {
                    into.longs(target)[row] = value;
                }
            } else if (first instanceof double[]) {
                double value = read.getDouble();
                for (int target : targets) {
                    into.doubles(target)[row] = value;
                }
            } else {
                String value = text();
                for (int target : targets) {
                    into.objects(target)[row] = value;
                }
            }
        }
    }

    private String text() {
        int length = read.getInt();
        String value = new String(read.array(), read.position(), length, StandardCharsets.UTF_8);
        read.position(read.position() + length);
        return value;
    }
}
