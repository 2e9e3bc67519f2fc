package io.strandline.state.instance;

import io.strandline.state.RunReader;
import io.strandline.state.TimeToLive;
import io.strandline.state.table.ExpiringTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Shows entries that have expired as deleted, so that they are not written again. */
record UnexpiredCursor(RunReader.Cursor entries, TimeToLive ttl) implements RunReader.Cursor {

    @Override
    public boolean next() throws IOException {
        return entries.next();
    }

    @Override
    public ByteBuffer key() {
        return entries.key();
    }

    @Override
    public @Nullable ByteBuffer value() {
        ByteBuffer value = entries.value();
        return value == null || ExpiringTable.isOver(value, ttl) ? null : value;
    }

    @Override
    public void close() {
        entries.close();
    }
}
