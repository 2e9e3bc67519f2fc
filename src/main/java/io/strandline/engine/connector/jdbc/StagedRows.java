package io.strandline.engine.connector.jdbc;

import io.strandline.engine.connector.part.RowEncoder;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Rows as a staged part has them: a chunk that names the columns, then chunks of rows; each chunk behind its length and its
 * CRC-32C. A number is 8 bytes, a text or bytes 4 bytes of length and the content.
 */
final class StagedRows implements RowEncoder {

    static final int CHUNK_HEAD_BYTES = 8;

    private final RowType rows;
    private ByteBuffer chunk = ByteBuffer.allocate(1 << 16).position(CHUNK_HEAD_BYTES);

    StagedRows(RowType rows) {
        this.rows = rows;
    }

    @Override
    public String extension() {
        return "rows";
    }

    @Override
    public ByteBuffer header() {
        StringBuilder columns = new StringBuilder();
        for (Column column : rows.columns()) {
            columns.append(column.type()).append(' ').append(column.name()).append('\n');
        }
        byte[] text = columns.toString().getBytes(StandardCharsets.UTF_8);
        return seal(ByteBuffer.allocate(CHUNK_HEAD_BYTES + text.length)
                .position(CHUNK_HEAD_BYTES)
                .put(text));
    }

    @Override
    public void append(Batch batch, int row) {
        for (int column = 0; column < rows.size(); column++) {
            switch (rows.column(column).type()) {
                case LONG, BOOLEAN, TIMESTAMP, DURATION -> room(Long.BYTES).putLong(batch.longs(column)[row]);
                case DOUBLE -> room(Double.BYTES).putDouble(batch.doubles(column)[row]);
                case STRING -> bytes(((String) batch.objects(column)[row]).getBytes(StandardCharsets.UTF_8));
                case BYTES -> bytes((byte[]) batch.objects(column)[row]);
            }
        }
    }

    @Override
    public int pending() {
        return chunk.position() - CHUNK_HEAD_BYTES;
    }

    @Override
    public ByteBuffer take() {
        ByteBuffer full = seal(chunk);
        chunk = ByteBuffer.allocate(1 << 16).position(CHUNK_HEAD_BYTES);
        return full;
    }

    static int checksum(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate());
        return (int) crc.getValue();
    }

    private static ByteBuffer seal(ByteBuffer filled) {
        filled.flip();
        int length = filled.limit() - CHUNK_HEAD_BYTES;
        return filled.putInt(0, length).putInt(4, checksum(filled.slice(CHUNK_HEAD_BYTES, length)));
    }

    private void bytes(byte[] content) {
        room(Integer.BYTES + content.length).putInt(content.length).put(content);
    }

    private ByteBuffer room(int bytes) {
        if (chunk.remaining() < bytes) {
            int at = chunk.position();
            chunk = ByteBuffer.wrap(Arrays.copyOf(chunk.array(), Math.max(at + bytes, chunk.capacity() * 2)))
                    .position(at);
        }
        return chunk;
    }
}
