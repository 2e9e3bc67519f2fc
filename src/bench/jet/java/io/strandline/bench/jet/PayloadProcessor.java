package io.strandline.bench.jet;

import com.hazelcast.internal.util.collection.Long2ObjectHashMap;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import io.strandline.bench.measure.Lane;
import io.strandline.bench.measure.Randoms;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps bytes made from a key's newest value; the sink that counts is a call away. */
final class PayloadProcessor extends AbstractProcessor {

    private final int size;
    private final Long2ObjectHashMap<byte[]> payloads = new Long2ObjectHashMap<>();
    private final Lane lane = Shared.arrivals().open();
    private @Nullable Traverser<Map.Entry<Long, byte[]>> saved;

    PayloadProcessor(int size) {
        this.size = size;
    }

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
            Reading reading = (Reading) item;
            byte[] bytes = new byte[size];
            Randoms.bytes(reading.value(), bytes);
            payloads.put(reading.key(), bytes);
            lane.one(reading.created());
        }
    }

    @Override
    public boolean saveToSnapshot() {
        Traverser<Map.Entry<Long, byte[]>> entries = saved;
        if (entries == null) {
            entries = Traversers.traverseIterable(payloads.entrySet())
                    .<Map.Entry<Long, byte[]>>map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .onFirstNull(() -> saved = null);
            saved = entries;
        }
        return emitFromTraverserToSnapshot(entries);
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        payloads.put((long) (Long) key, (byte[]) value);
    }
}
