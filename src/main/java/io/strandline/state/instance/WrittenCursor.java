package io.strandline.state.instance;

import io.strandline.state.RunReader;
import io.strandline.state.TimeToLive;
import io.strandline.state.table.ExpiringTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries on their way into a run. What has expired is shown as deleted, so that it is not written again; once nobody wants the run any
 * more, it ends with an exception.
 *
 * @param ttl null for entries that do not expire
 */
record WrittenCursor(RunReader.Cursor entries, @Nullable TimeToLive ttl, BooleanSupplier stopped)
        implements RunReader.Cursor {

    @Override
    public boolean next() throws IOException {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("the state is closed");
        }
        return entries.next();
    }

    @Override
    public ByteBuffer key() {
        return entries.key();
    }

    @Override
    public @Nullable ByteBuffer value() {
        ByteBuffer value = entries.value();
        return value == null || ttl == null || !ExpiringTable.isOver(value, ttl) ? value : null;
    }

    @Override
    public void close() {
        entries.close();
    }
}
