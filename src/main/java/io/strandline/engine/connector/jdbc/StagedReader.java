package io.strandline.engine.connector.jdbc;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StagedRows} wrote, a row at a time. */
final class StagedReader implements Closeable {

    private final Path file;
    private final DataInputStream in;
    private final RowType type;
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    StagedReader(Path file) throws IOException {
        this.file = file;
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        this.type = columns();
    }

    RowType type() {
        return type;
    }

    /** The next row's values: {@link Long}, {@link Double}, {@link String} or {@code byte[]}; null at the end. */
    Object @Nullable [] next() throws IOException {
        if (!chunk.hasRemaining()) {
            ByteBuffer more = chunk();
            if (more == null) {
                return null;
            }
            chunk = more;
        }
        Object[] row = new Object[type.size()];
        for (int column = 0; column < row.length; column++) {
            row[column] = switch (type.column(column).type()) {
                case LONG, BOOLEAN, TIMESTAMP, DURATION -> (Object) chunk.getLong();
                case DOUBLE -> (Object) chunk.getDouble();
                case STRING -> new String(bytes(), StandardCharsets.UTF_8);
                case BYTES -> bytes();
            };
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] bytes() {
        byte[] content = new byte[chunk.getInt()];
        chunk.get(content);
        return content;
    }

    private RowType columns() throws IOException {
        ByteBuffer names = chunk();
        if (names == null) {
            throw damaged();
        }
        List<Column> columns = new ArrayList<>();
        for (String line : StandardCharsets.UTF_8.decode(names).toString().split("\n")) {
            int space = line.indexOf(' ');
            columns.add(new Column(line.substring(space + 1), ColumnType.valueOf(line.substring(0, space))));
        }
        return new RowType(columns);
    }

    private @Nullable ByteBuffer chunk() throws IOException {
        byte[] head = in.readNBytes(StagedRows.CHUNK_HEAD_BYTES);
        if (head.length == 0) {
            return null;
        }
        if (head.length < StagedRows.CHUNK_HEAD_BYTES) {
            throw damaged();
        }
        ByteBuffer numbers = ByteBuffer.wrap(head);
        int length = numbers.getInt();
        byte[] content = length < 0 ? new byte[0] : in.readNBytes(length);
        if (content.length != length || StagedRows.checksum(ByteBuffer.wrap(content)) != numbers.getInt()) {
            throw damaged();
        }
        return ByteBuffer.wrap(content);
    }

    private IOException damaged() {
        return new IOException("staged rows in " + file.getFileName() + " are damaged");
    }
}
