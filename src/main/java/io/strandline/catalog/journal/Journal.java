package io.strandline.catalog.journal;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.journal.Frame.SegmentHeader;
import io.strandline.catalog.journal.GroupSync.Written;
import io.strandline.catalog.journal.JournalException.Outcome;
import io.strandline.catalog.journal.Segment.Link;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.Disk.OutputFile;
import io.strandline.storage.disk.FullDisk;
import io.strandline.storage.disk.LocalDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one order of everything: an append-only, hash-chained log in sealed segments. An entry counts when {@link #append}
 * has returned; what was torn at the very end was never acknowledged and is cut off at the next start; anything else that
 * is not what was written refuses the start. After a failed fsync the journal is read-only until the server is restarted.
 */
public final class Journal implements Closeable {

    /** Bytes after which a segment is sealed. */
    public static final long SEGMENT_BYTES = 64L << 20;

    private final Path directory;
    private final Disk disk;
    private final Clock clock;
    private final long segmentBytes;
    private final ChangeCodec codec = new ChangeCodec();
    private final Object writing = new Object();
    private final GroupSync sync;
    private final BooleanSupplier makeRoom;
    private OutputFile file;
    private long segment;
    private Link end;
    private boolean broken;
    private volatile Instant newestAt;

    private Journal(
            Path directory, Disk disk, Clock clock, long segmentBytes, BooleanSupplier makeRoom, JournalTail tail)
            throws IOException {
        this.makeRoom = makeRoom;
        this.directory = directory;
        this.disk = disk;
        this.clock = clock;
        this.segmentBytes = segmentBytes;
        this.segment = tail.segment();
        this.end = tail.end();
        this.newestAt = tail.newestAt();
        this.file = disk.reopen(Segment.name(directory, segment));
        this.sync = new GroupSync(new Written(file, end.sequence()));
    }

    /** Opens the journal of a directory, beginning one when there is none, on the real disk with 64 MB segments. */
    public static Journal open(Path directory, Clock clock) throws IOException {
        return open(directory, clock, new LocalDisk(), SEGMENT_BYTES);
    }

    /**
     * Opens the journal of a directory, beginning one when there is none.
     *
     * @throws DataDirectoryException when it is damaged
     */
    public static Journal open(Path directory, Clock clock, Disk disk, long segmentBytes) throws IOException {
        return open(directory, clock, disk, segmentBytes, () -> false);
    }

    /**
     * The same with a way out of a full disk.
     *
     * @param makeRoom called when an entry finds no room; whether it made some, so that the entry is worth trying again
     */
    public static Journal open(Path directory, Clock clock, Disk disk, long segmentBytes, BooleanSupplier makeRoom)
            throws IOException {
        return new Journal(directory, disk, clock, segmentBytes, makeRoom, JournalTail.find(directory, disk));
    }

    /**
     * Appends an entry and returns when it is durable.
     *
     * @throws JournalException when it is not, or not certainly
     */
    public JournalEntry append(Scope scope, Cause cause, List<Change> changes) throws JournalException {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] payload = codec.encode(at, scope, cause, changes);
        Link written;
        synchronized (writing) {
            written = write(payload);
            newestAt = newestAt.isAfter(at) ? newestAt : at;
        }
        sync.await(written.sequence());
        String hash = HexFormat.of().formatHex(written.hash());
        return new JournalEntry(written.sequence(), hash, at, scope, cause, changes);
    }

    private Link write(byte[] payload) throws JournalException {
        refuseWhenReadOnly();
        long before = -1;
        try {
            if (file.size() >= segmentBytes) {
                rollMakingRoom();
            }
            before = file.size();
            byte[] frame = Frame.entry(end.sequence() + 1, end.hash(), payload);
            write(frame, before);
            end = new Link(end.sequence() + 1, Frame.hash(frame));
            sync.written(new Written(file, end.sequence()));
            return end;
        } catch (IOException e) {
            if (before >= 0) {
                cutBack(before, e);
            }
            Outcome outcome = FullDisk.is(e) ? Outcome.FULL : Outcome.NOT_WRITTEN;
            throw new JournalException(outcome, "the journal cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(byte[] frame, long at) throws IOException {
        try {
            file.write(ByteBuffer.wrap(frame));
        } catch (IOException e) {
            if (!FullDisk.is(e) || !makeRoom.getAsBoolean()) {
                throw e;
            }
            file.truncate(at);
            file.write(ByteBuffer.wrap(frame));
        }
    }

    private void rollMakingRoom() throws JournalException, IOException {
        try {
            roll();
        } catch (IOException e) {
            if (!FullDisk.is(e) || sync.failure() != null || !makeRoom.getAsBoolean()) {
                throw e;
            }
            roll();
        }
    }

    /** Seals the segment and begins the next, which repeats the hash so far. */
    private void roll() throws JournalException, IOException {
        sync.exclusively(() -> {
            SegmentHeader header = new SegmentHeader(segment + 1, end.sequence() + 1, end.hash());
            OutputFile next = JournalTail.begin(directory, disk, header, sync::fail);
            OutputFile sealed = file;
            file = next;
            segment++;
            sync.written(new Written(next, end.sequence()));
            sealed.close();
        });
    }

    /** Takes back what a failed write left, so that the next entry does not follow half of one. */
    private void cutBack(long size, IOException cause) {
        try {
            file.truncate(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
            broken = true;
            sync.fail(cause);
        }
    }

    private void refuseWhenReadOnly() throws JournalException {
        Optional<String> why = readOnly();
        if (why.isPresent()) {
            throw new JournalException(Outcome.READ_ONLY, why.get(), sync.failure());
        }
    }

    /** Why the journal takes nothing any more, empty while it does. */
    public Optional<String> readOnly() {
        IOException failure = sync.failure();
        if (failure != null || broken) {
            String cause = failure == null ? "a write failed half-way" : failure.getMessage();
            return Optional.of("The journal is read-only since it could not be made durable: " + cause
                    + ". Mend the disk and restart the server.");
        }
        return Optional.empty();
    }

    /** The sequence of the newest entry, 0 before the first. */
    public long lastSequence() {
        synchronized (writing) {
            return end.sequence();
        }
    }

    /** The time of the newest entry, {@link Instant#EPOCH} before the first. */
    public Instant newestAt() {
        return newestAt;
    }

    /**
     * Reads entries in order, checking each byte and the chain.
     *
     * @param from the first sequence wanted
     */
    public void read(long from, Consumer<JournalEntry> reader) throws IOException {
        List<Segment> segments = JournalTail.segments(directory);
        int first = segments.size() - 1;
        while (first > 0 && segments.get(first).header().firstSequence() > from) {
            first--;
        }
        @Nullable Link link = null;
        for (int i = first; i < segments.size(); i++) {
            Segment read = segments.get(i);
            link = read.scan(link, i == segments.size() - 1, (sequence, hash, payload) -> {
                        if (sequence >= from) {
                            reader.accept(JournalTail.decode(codec, read, sequence, hash, payload));
                        }
                    })
                    .end();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (writing) {
            broken = true;
            file.close();
        }
    }
}
