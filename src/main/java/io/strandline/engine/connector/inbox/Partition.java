package io.strandline.engine.connector.inbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One partition's segments. Appends come one at a time, from its {@link Inbox}; waiting for durability is shared: whoever
 * finds nobody at it fsyncs for all that have written so far. After a failed fsync it takes nothing more until the server
 * starts again, because the pages it failed for may be lost while the next one reports success.
 */
final class Partition implements Closeable {

    private final Path directory;
    private final long segmentBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile List<Segment> segments;
    private volatile Extent durable;
    private volatile Extent written;
    private Appender appender;
    private final Set<Runnable> bells = new CopyOnWriteArraySet<>();
    private boolean syncing;
    private @Nullable IOException failure;

    /**
     * How far the log reaches.
     *
     * @param segment first record of the last segment
     * @param bytes of that segment
     * @param records number of the record behind the last
     */
    record Extent(long segment, long bytes, long records) {}

    private Partition(Path directory, long segmentBytes, List<Segment> segments, Appender appender, long records) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.segments = List.copyOf(segments);
        this.appender = appender;
        this.written = new Extent(appender.segment().first(), appender.size(), records);
        this.durable = written;
    }

    /**
     * Opens or makes a partition; a push that a crash tore at its very end was never acknowledged and is cut off.
     *
     * @param seen told every push in the last segment
     * @throws DamagedInboxException when something lies in the last segment that is no push, before one that is
     */
    static Partition open(Path directory, long segmentBytes, BiConsumer<Frame.Head, ByteBuffer> seen)
            throws IOException {
        Files.createDirectories(directory);
        List<Segment> segments = new ArrayList<>(list(directory));
        if (segments.isEmpty()) {
            segments.add(Segment.in(directory, 0));
            Files.createFile(segments.get(0).file());
        }
        Segment last = segments.get(segments.size() - 1);
        long records = last.first();
        long end;
        try (FrameReader frames = new FrameReader(last)) {
            try {
                for (ByteBuffer body = frames.next(frames.size()); body != null; body = frames.next(frames.size())) {
                    Frame.Head head = Frame.head(body);
                    seen.accept(head, body);
                    records = head.end();
                }
            } catch (DamagedInboxException damaged) {
                if (frames.frameBehind(frames.position())) {
                    throw damaged;
                }
            }
            end = frames.position();
        }
        Appender appender = new Appender(last, end);
        appender.sync();
        Appender.syncDirectory(directory);
        return new Partition(directory, segmentBytes, segments, appender, records);
    }

    /** Appends a push; it is durable once {@link #await} for its end returns. */
    long append(long atMillis, String key, List<byte[]> records) throws IOException {
        if (full()) {
            roll();
        }
        refuseAfterFailure();
        ByteBuffer frame = Frame.encode(written.records(), atMillis, key, records);
        appender.append(frame);
        lock.lock();
        try {
            written = new Extent(written.segment(), appender.size(), written.records() + records.size());
            return written.records() - records.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything before record {@code end} is durable. */
    void await(long end) throws IOException {
        lock.lock();
        try {
            while (durable.records() < end) {
                refuseAfterFailure();
                if (syncing) {
                    changed.awaitUninterruptibly();
                } else {
                    syncOnce();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has a bell rung whenever more has become durable; with {@code false} no more. */
    void ring(Runnable bell, boolean on) {
        if (on) {
            bells.add(bell);
        } else {
            bells.remove(bell);
        }
    }

    /** Whether the next push begins a segment. */
    boolean full() {
        return appender.size() >= segmentBytes;
    }

    Extent durable() {
        return durable;
    }

    /** The number of the record behind the last, durable or not. */
    long records() {
        return written.records();
    }

    /** The number of the first record that is kept. */
    long first() {
        return segments.get(0).first();
    }

    /** Segments in order; new ones come at the end, old ones go from the beginning. */
    List<Segment> segments() {
        return segments;
    }

    /** The segment that has record {@code number}, the first one for what was trimmed. */
    Segment segmentOf(long number) {
        Segment found = segments.get(0);
        for (Segment segment : segments) {
            if (segment.first() <= number) {
                found = segment;
            }
        }
        return found;
    }

    /** The segment behind another, empty for the last. */
    Optional<Segment> after(Segment segment) {
        return segments.stream()
                .filter(other -> other.first() > segment.first())
                .findFirst();
    }

    /** Bytes from a place in a segment to the end. */
    long bytesFrom(long segment, long position) throws IOException {
        long bytes = 0;
        for (Segment each : segments) {
            if (each.first() >= segment) {
                bytes += each.first() == durable.segment() ? durable.bytes() : Files.size(each.file());
            }
        }
        return Math.max(0, bytes - position);
    }

    /** Lets segments go that hold nothing from record {@code floor} on; how many bytes they had. */
    long trim(long floor) throws IOException {
        List<Segment> kept = new ArrayList<>(segments);
        long freed = 0;
        while (kept.size() > 1 && kept.get(1).first() <= floor) {
            Segment gone = kept.remove(0);
            freed += Files.size(gone.file());
            segments = List.copyOf(kept);
            Files.delete(gone.file());
        }
        if (freed > 0) {
            Appender.syncDirectory(directory);
        }
        return freed;
    }

    @Override
    public void close() throws IOException {
        appender.close();
    }

    private void roll() throws IOException {
        await(written.records());
        Segment next = Segment.in(directory, written.records());
        Appender opened = new Appender(next, 0);
        Appender.syncDirectory(directory);
        Appender full = appender;
        lock.lock();
        try {
            appender = opened;
            written = new Extent(next.first(), 0, written.records());
            durable = written;
            List<Segment> more = new ArrayList<>(segments);
            more.add(next);
            segments = List.copyOf(more);
        } finally {
            lock.unlock();
        }
        full.close();
    }

    private void syncOnce() throws IOException {
        Extent target = written;
        Appender file = appender;
        syncing = true;
        lock.unlock();
        IOException failed = null;
        try {
            file.sync();
        } catch (IOException e) {
            failed = e;
        } finally {
            lock.lock();
            syncing = false;
            changed.signalAll();
        }
        if (failed != null) {
            failure = failed;
            refuseAfterFailure();
        }
        durable = target;
        bells.forEach(Runnable::run);
    }

    private void refuseAfterFailure() throws IOException {
        IOException cause = failure;
        if (cause != null) {
            throw new IOException(
                    "an fsync of the log failed (" + cause.getMessage() + "); it takes records again after a restart",
                    cause);
        }
    }

    private static List<Segment> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Segment::parse).flatMap(Optional::stream).sorted().toList();
        }
    }
}
