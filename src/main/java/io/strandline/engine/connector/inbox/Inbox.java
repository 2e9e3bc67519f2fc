package io.strandline.engine.connector.inbox;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.record.RecordColumn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records that were pushed to one source and that some version may still need. Safe for concurrent use.
 *
 * <p>A partition is a split, its offset the number of a record. What no reader has taken yet is the backlog.
 */
public final class Inbox implements Closeable {

    private static final long SEGMENT_BYTES = 16L << 20;

    private final Path directory;
    private final InstantSource clock;
    private final long segmentBytes;
    private final KeyBook keys;
    private final List<Partition> partitions = new CopyOnWriteArrayList<>();
    private final Map<Integer, Place> lastRead = new ConcurrentHashMap<>();
    private final Set<InboxReader> readers = ConcurrentHashMap.newKeySet();
    private int turn;

    private Inbox(Path directory, InstantSource clock, long segmentBytes) throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.segmentBytes = segmentBytes;
        this.keys = KeyBook.open(directory.resolve("keys"));
    }

    /** What became of a push. */
    public sealed interface Receipt {

        /**
         * It is durable.
         *
         * @param first number of its first record in the partition
         * @param repeated whether it was so before, by the key
         */
        record Kept(int partition, long first, int count, boolean repeated) implements Receipt {}

        /** Another push had the key. */
        record KeyReused() implements Receipt {}
    }

    /** What a partition holds: records from {@code first} on, up to but not including {@code end}. */
    public record Range(long first, long end) {}

    /** Where in a partition's segments a reader stands. */
    record Place(long segment, long position) {}

    /**
     * Opens or makes an inbox.
     *
     * @param partitions how many there are to be; those that exist stay
     * @throws DamagedInboxException when acknowledged records are not there any more as they were pushed
     */
    public static Inbox open(Path directory, int partitions, InstantSource clock) throws IOException {
        return open(directory, partitions, clock, SEGMENT_BYTES);
    }

    static Inbox open(Path directory, int partitions, InstantSource clock, long segmentBytes) throws IOException {
        Files.createDirectories(directory);
        Inbox inbox = new Inbox(directory, clock, segmentBytes);
        inbox.grow(partitions);
        return inbox;
    }

    /** Makes sure that there are so many partitions. */
    public synchronized void grow(int wanted) throws IOException {
        while (partitions.size() < wanted || Files.exists(directory.resolve(String.valueOf(partitions.size())))) {
            int index = partitions.size();
            partitions.add(Partition.open(
                    directory.resolve(String.valueOf(index)),
                    segmentBytes,
                    (head, records) -> note(index, head, records)));
        }
        Appender.syncDirectory(directory);
    }

    /** Whether a push with this key is kept. */
    public synchronized boolean knows(String key) {
        return keys.find(key).isPresent();
    }

    /**
     * Keeps records, all or none; returns when they are durable.
     *
     * @param records the text of each, at least one
     * @param key what the client knows the push by, empty for nothing: a push that has it already is not kept again
     * @param wanted the partition, null for one after the other
     */
    public Receipt append(List<byte[]> records, String key, @Nullable Integer wanted) throws IOException {
        Receipt.Kept kept;
        synchronized (this) {
            long fingerprint = key.isEmpty() ? 0 : Frame.fingerprint(records);
            KeyBook.Entry known = keys.find(key).orElse(null);
            if (known != null && known.fingerprint() != fingerprint) {
                return new Receipt.KeyReused();
            }
            kept = known == null
                    ? append(records, key, wanted, fingerprint)
                    : new Receipt.Kept(known.partition(), known.first(), known.count(), true);
        }
        partitions.get(kept.partition()).await(kept.first() + kept.count());
        return kept;
    }

    /** Bytes that no reader has taken yet; without a reader, those behind where the last one stopped. */
    public long backlogBytes() throws IOException {
        long bytes = 0;
        for (int index = 0; index < partitions.size(); index++) {
            Place place = slowest(index);
            bytes += partitions.get(index).bytesFrom(place.segment(), place.position());
        }
        return bytes;
    }

    /** What each split holds. */
    public Map<String, Range> ranges() {
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (int index = 0; index < partitions.size(); index++) {
            Partition partition = partitions.get(index);
            ranges.put(
                    String.valueOf(index),
                    new Range(partition.first(), partition.durable().records()));
        }
        return ranges;
    }

    /** Whether {@link #trim} could let anything go at all. */
    public boolean trimmable() {
        return partitions.stream().anyMatch(partition -> partition.segments().size() > 1);
    }

    /**
     * Lets go what lies before each split's floor and every reader, as far as whole segments do; a split without a floor
     * keeps everything.
     *
     * @return how many bytes went
     */
    public synchronized long trim(Map<String, Long> floors) throws IOException {
        long freed = 0;
        saveKeys();
        for (int index = 0; index < partitions.size(); index++) {
            Long floor = floors.get(String.valueOf(index));
            freed += floor == null ? 0 : partitions.get(index).trim(Math.min(floor, readFrom(index)));
        }
        return freed;
    }

    /** Counts records before these offsets as read, until a reader says otherwise. */
    public void assumeRead(Map<String, Long> offsets) throws IOException {
        for (int index = 0; index < partitions.size(); index++) {
            Long offset = offsets.get(String.valueOf(index));
            if (offset != null) {
                lastRead.putIfAbsent(index, place(partitions.get(index), offset));
            }
        }
    }

    /** A source of its records. */
    public Source source(List<RecordColumn> columns) {
        return new InboxSource(this, columns);
    }

    Partition partition(int index) {
        return partitions.get(index);
    }

    List<String> splits() {
        return Stream.iterate(0, index -> index + 1)
                .limit(partitions.size())
                .map(String::valueOf)
                .toList();
    }

    void opened(InboxReader reader) {
        readers.add(reader);
    }

    void closed(InboxReader reader) {
        readers.remove(reader);
        lastRead.put(reader.partition(), reader.place());
    }

    @Override
    public synchronized void close() throws IOException {
        for (Partition partition : partitions) {
            partition.close();
        }
    }

    private Receipt.Kept append(List<byte[]> records, String key, @Nullable Integer wanted, long fingerprint)
            throws IOException {
        int index = wanted == null ? turn++ % partitions.size() : wanted;
        turn %= partitions.size();
        Partition partition = partitions.get(index);
        long now = clock.millis();
        if (partition.full()) {
            saveKeys();
        }
        long first = partition.append(now, key, records);
        if (!key.isEmpty()) {
            keys.add(new KeyBook.Entry(key, fingerprint, index, first, records.size(), now));
        }
        return new Receipt.Kept(index, first, records.size(), false);
    }

    private void note(int partition, Frame.Head head, ByteBuffer records) {
        if (!head.key().isEmpty()) {
            long fingerprint = Frame.fingerprint(records);
            keys.add(
                    new KeyBook.Entry(head.key(), fingerprint, partition, head.first(), head.count(), head.atMillis()));
        }
    }

    /** Before keys leave the last segments, with those alone whose records a crash cannot take. */
    private void saveKeys() throws IOException {
        for (Partition partition : partitions) {
            partition.await(partition.records());
        }
        keys.save();
    }

    private Place slowest(int index) {
        Place slowest = null;
        for (InboxReader reader : readers) {
            Place place = reader.place();
            if (reader.partition() == index && (slowest == null || before(place, slowest))) {
                slowest = place;
            }
        }
        return slowest == null ? lastRead.getOrDefault(index, new Place(0, 0)) : slowest;
    }

    /** The first record of the oldest segment that somebody reads. */
    private long readFrom(int index) {
        return readers.stream()
                .filter(reader -> reader.partition() == index)
                .mapToLong(reader -> reader.place().segment())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static boolean before(Place one, Place other) {
        return one.segment() < other.segment() || one.segment() == other.segment() && one.position() < other.position();
    }

    private static Place place(Partition partition, long offset) throws IOException {
        Segment segment = partition.segmentOf(offset);
        long position = 0;
        try (FrameReader frames = new FrameReader(segment)) {
            long limit = frames.size();
            for (ByteBuffer body = frames.next(limit);
                    body != null && Frame.head(body).end() <= offset;
                    body = frames.next(limit)) {
                position = frames.position();
            }
        }
        return new Place(segment.first(), position);
    }
}
