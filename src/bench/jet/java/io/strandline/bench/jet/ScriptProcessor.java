package io.strandline.bench.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import io.strandline.bench.measure.Rows;
import io.strandline.bench.measure.Script;
import org.jspecify.annotations.Nullable;

/** Plays the split of the shared script that has the processor's index. */
final class ScriptProcessor extends AbstractProcessor {

    private static final int BATCH = 512;
    private static final int BATCHES = 4;

    private final Script script = Shared.script();
    private final Rows rows = Rows.of(BATCH);
    private int split;
    private long offset;
    private int size;
    private int next;
    private @Nullable Reading waiting;

    @Override
    protected void init(Context context) {
        split = context.globalProcessorIndex();
    }

    @Override
    public boolean complete() {
        for (int batch = 0; batch < BATCHES; batch++) {
            if (next == size && !fill()) {
                return false;
            }
            while (next < size) {
                Reading reading = waiting;
                if (reading == null) {
                    reading = new Reading(rows.keys()[next], rows.values()[next], rows.created()[next]);
                }
                if (!tryEmit(reading)) {
                    waiting = reading;
                    return false;
                }
                waiting = null;
                next++;
                offset++;
            }
        }
        return false;
    }

    @Override
    public boolean saveToSnapshot() {
        return tryEmitToSnapshot(BroadcastKey.broadcastKey(split), offset);
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        if (((BroadcastKey<?>) key).key().equals(split)) {
            offset = (Long) value;
        }
    }

    private boolean fill() {
        next = 0;
        size = script.fill(split, offset, rows);
        return size > 0;
    }
}
