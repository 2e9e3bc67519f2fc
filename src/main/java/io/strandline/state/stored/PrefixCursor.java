package io.strandline.state.stored;

import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Ends behind the last key that begins with a prefix. */
record PrefixCursor(RunReader.Cursor cursor, ByteBuffer prefix) implements RunReader.Cursor {

    @Override
    public boolean next() throws IOException {
        if (!cursor.next()) {
            return false;
        }
        int mismatch = cursor.key().mismatch(prefix);
        return mismatch < 0 || mismatch >= prefix.remaining();
    }

    @Override
    public ByteBuffer key() {
        return cursor.key();
    }

    @Override
    public @Nullable ByteBuffer value() {
        return cursor.value();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
