package io.strandline.state.table;

import io.strandline.snapshot.Run;
import io.strandline.state.KeyBatch;
import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import io.strandline.state.run.MergingCursor;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.StoredRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

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

    static void load(RunFiles files, List<Run> runs, EntryLayout layout, Timers timers) throws IOException {
        List<StoredRun> stored = files.open(runs);
        try (RunReader.Cursor entries = MergingCursor.of(stored, layout.keyGroups)) {
            TimerLoad load = new TimerLoad(layout, timers);
            while (entries.next()) {
                if (entries.value() != null) {
                    load.add(entries.key());
                }
            }
            load.flush();
        } finally {
            RunFiles.close(stored);
        }
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
