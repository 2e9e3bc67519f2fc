package io.strandline.bench.jet;

import com.hazelcast.internal.util.HashUtil;
import com.hazelcast.jet.core.DefaultPartitionStrategy;
import com.hazelcast.jet.core.Partitioner;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where Hazelcast puts a long key, without serialising it into an object of its own. It has to be the same place, because what
 * is restored from a snapshot comes by the default.
 */
final class KeyPartitioner implements Partitioner<Long> {

    private static final long serialVersionUID = 1L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[Long.BYTES]);
    private static final int CHECKED = 1000;

    @Override
    public void init(DefaultPartitionStrategy strategy) {
        for (long key = 0; key < CHECKED; key++) {
            int expected = strategy.getPartition(key);
            if (getPartition(key, PARTITIONS) != expected) {
                throw new IllegalStateException("key %d belongs to partition %d".formatted(key, expected));
            }
        }
    }

    static final int PARTITIONS = 271;

    @Override
    public int getPartition(Long key, int partitions) {
        byte[] bytes = SCRATCH.get();
        LONGS.set(bytes, 0, (long) key);
        return HashUtil.hashToIndex(HashUtil.MurmurHash3_x86_32(bytes, 0, Long.BYTES), partitions);
    }
}
