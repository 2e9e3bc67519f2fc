package io.strandline.state.stored;

import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks live entries: passes over delete markers. */
record LiveCursor(RunReader.Cursor cursor) implements RunReader.Cursor {

    @Override
    public boolean next() throws IOException {
        while (cursor.next()) {
            if (cursor.value() != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ByteBuffer key() {
        return cursor.key();
    }

    @Override
    public ByteBuffer value() {
        ByteBuffer value = cursor.value();
        if (value == null) {
            throw new IllegalStateException("a delete marker was not passed over");
        }
        return value;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
