package io.strandline.state.table;

import io.strandline.state.KeyBatch;
import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads timers out of runs into a table, a batch at a time. */
final class TimerLoad {

    private static final int BATCH = 1024;
    private static final int KEY_GROUP_BYTES = 2;

    private final EntryLayout layout;
    private final Timers timers;
    private final KeyBatch keys;
    private final long[] times = new long[BATCH];
    private final long[] namespaces = new long[BATCH];

    private TimerLoad(EntryLayout layout, Timers timers) {
        this.layout = layout;
        this.timers = timers;
        this.keys = new KeyBatch(layout.schema.key());
        keys.clear(BATCH);
    }

    /** Loads every timer that the cursor shows. */
    static void load(RunReader.Cursor entries, EntryLayout layout, Timers timers) throws IOException {
        TimerLoad load = new TimerLoad(layout, timers);
        while (entries.next()) {
            if (entries.value() != null) {
                load.add(entries.key());
            }
        }
        load.flush();
    }

    private void add(ByteBuffer entry) {
        int row = keys.size();
        ByteBuffer stored = entry.duplicate();
        stored.position(stored.position() + KEY_GROUP_BYTES);
        times[row] = stored.getLong() ^ Long.MIN_VALUE;
        int namespaceBytes = layout.schema.namespaced() ? Long.BYTES : 0;
        ByteBuffer key = stored.slice(stored.position(), stored.remaining() - namespaceBytes);
        namespaces[row] = namespaceBytes == 0 ? 0 : stored.getLong(stored.limit() - Long.BYTES) ^ Long.MIN_VALUE;
        keys.append(key, Murmur3.hash(key));
        if (keys.size() == BATCH) {
            flush();
        }
    }

    private void flush() {
        timers.load(keys, namespaces, times);
        keys.clear(BATCH);
    }
}
