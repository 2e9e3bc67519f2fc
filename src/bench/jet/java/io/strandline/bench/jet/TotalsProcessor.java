package io.strandline.bench.jet;

import com.hazelcast.internal.util.collection.Long2ObjectHashMap;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import io.strandline.bench.measure.Lane;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts and sums up under each key; the sink that counts is a call away. */
final class TotalsProcessor extends AbstractProcessor {

    private final Long2ObjectHashMap<long[]> totals = new Long2ObjectHashMap<>();
    private final Lane lane = Shared.arrivals().open();
    private @Nullable Traverser<Map.Entry<Long, long[]>> saved;

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
            Reading reading = (Reading) item;
            Shared.meet();
            long[] total = totals.get(reading.key());
            if (total == null) {
                total = new long[2];
                totals.put(reading.key(), total);
            }
            total[0]++;
            total[1] += reading.value();
            lane.one(reading.created());
        }
    }

    @Override
    public boolean saveToSnapshot() {
        Traverser<Map.Entry<Long, long[]>> entries = saved;
        if (entries == null) {
            entries = Traversers.traverseIterable(totals.entrySet())
                    .<Map.Entry<Long, long[]>>map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .onFirstNull(() -> saved = null);
            saved = entries;
        }
        return emitFromTraverserToSnapshot(entries);
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        totals.put((long) (Long) key, (long[]) value);
    }
}
