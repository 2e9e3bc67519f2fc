package io.strandline.engine.connector.sequence;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Yields {@code partition, offset, key, value}; a split is a partition, named by its number. With all arithmetic modulo 2^64,
 *
 * <pre>{@code
 * golden = 0x9e3779b97f4a7c15
 * mix(z) = SplitMix64's output function:  z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9
 *                                         z = (z ^ z >>> 27) * 0x94d049bb133111eb
 *                                         z ^ z >>> 31
 * start(p)  = mix(seed + (p + 1) * golden)
 * random(i) = mix(start(p) + (i + 1) * golden)         that is, the i-th number of SplitMix64 seeded with start(p)
 * key       = floor((random(i) >>> 32) * keys / 2^32)
 * value     = random(i) & 0xffff
 * }</pre>
 *
 * <p>SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 *
 * @param partitions number of splits
 * @param count records a partition; {@code Long.MAX_VALUE} for endless
 * @param keys how many different keys, at most 2^31
 * @param seed chooses the sequence
 */
public record SequenceSource(int partitions, long count, long keys, long seed) implements Source {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private static final RowType TYPE = new RowType(List.of(
            new Column("partition", ColumnType.LONG),
            new Column("offset", ColumnType.LONG),
            new Column("key", ColumnType.LONG),
            new Column("value", ColumnType.LONG)));

    public SequenceSource {
        if (partitions < 1 || count < 0 || keys < 1 || keys > 1L << 31) {
            throw new IllegalArgumentException(
                    "sequence of %d partitions, %d records each, %d keys".formatted(partitions, count, keys));
        }
    }

    /** The key of record {@code offset} of a partition. */
    public long key(int partition, long offset) {
        return key(mix(start(partition) + (offset + 1) * GOLDEN));
    }

    /** The value of record {@code offset} of a partition. */
    public long value(int partition, long offset) {
        return value(mix(start(partition) + (offset + 1) * GOLDEN));
    }

    @Override
    public RowType type() {
        return TYPE;
    }

    @Override
    public List<String> splits() {
        return IntStream.range(0, partitions).mapToObj(Integer::toString).toList();
    }

    @Override
    public SplitReader open(String split, long offset) {
        return new Reader(Integer.parseInt(split), offset);
    }

    private long key(long random) {
        return ((random >>> 32) * keys) >>> 32;
    }

    private static long value(long random) {
        return random & 0xffff;
    }

    private long start(int partition) {
        return mix(seed + (partition + 1) * GOLDEN);
    }

    private static long mix(long word) {
        long mixed = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** Makes the records of one partition, a column at a time. */
    private final class Reader implements SplitReader {

        private final int partition;
        private final long start;
        private long next;

        Reader(int partition, long offset) {
            this.partition = partition;
            this.start = start(partition);
            this.next = offset;
        }

        @Override
        public Availability read(Batch into, int max) {
            int from = into.size();
            int to = from + (int) Math.min(max, Math.max(0, count - next));
            Arrays.fill(into.longs(0), from, to, partition);
            Arrays.fill(into.timestamps(), from, to, Watermark.NONE);
            long[] offsets = into.longs(1);
            long[] keyColumn = into.longs(2);
            long[] values = into.longs(3);
            for (int row = from; row < to; row++) {
                long random = mix(start + (next + 1) * GOLDEN);
                offsets[row] = next++;
                keyColumn[row] = key(random);
                values[row] = value(random);
            }
            into.size(to);
            return next >= count ? Availability.END : Availability.MORE;
        }

        @Override
        public long offset() {
            return next;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
