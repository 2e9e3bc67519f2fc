package io.strandline.engine.connector.file;

import io.strandline.engine.connector.part.RowEncoder;
import io.strandline.engine.connector.record.RowFormatter;
import io.strandline.engine.element.Batch;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Rows as lines of text in UTF-8. */
public final class TextEncoder implements RowEncoder {

    private final RowFormatter formatter;
    private final String extension;
    private final StringBuilder text = new StringBuilder();

    /** @param extension that file names have */
    public TextEncoder(RowFormatter formatter, String extension) {
        this.formatter = formatter;
        this.extension = extension;
    }

    @Override
    public String extension() {
        return extension;
    }

    @Override
    public ByteBuffer header() {
        return StandardCharsets.UTF_8.encode(formatter.header());
    }

    @Override
    public void append(Batch batch, int row) {
        formatter.append(batch, row, text);
    }

    @Override
    public int pending() {
        return text.length();
    }

    @Override
    public ByteBuffer take() {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        text.setLength(0);
        return bytes;
    }
}
