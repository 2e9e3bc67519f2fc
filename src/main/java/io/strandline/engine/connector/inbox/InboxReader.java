package io.strandline.engine.connector.inbox;

import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.record.JsonRecordParser;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.connector.record.RecordFormatException;
import io.strandline.engine.connector.record.RecordParser;
import io.strandline.engine.element.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the durable records of one partition, a push at a time. */
final class InboxReader implements SplitReader {

    private final Inbox inbox;
    private final Partition log;
    private final int partition;
    private final RecordParser parser;
    private Segment segment;
    private FrameReader frames;
    private @Nullable ByteBuffer push;
    private @Nullable Runnable bell;
    private long next;
    private long pushEnd;
    private volatile Inbox.Place place;

    /** Begins at record {@code offset}, which is kept. */
    InboxReader(Inbox inbox, int partition, long offset, List<RecordColumn> columns) throws IOException {
        this.inbox = inbox;
        this.log = inbox.partition(partition);
        this.partition = partition;
        this.parser = new JsonRecordParser(columns);
        this.segment = log.segmentOf(offset);
        this.frames = new FrameReader(segment);
        this.place = new Inbox.Place(segment.first(), 0);
        this.next = offset;
        skipTo(offset);
        inbox.opened(this);
    }

    int partition() {
        return partition;
    }

    Inbox.Place place() {
        return place;
    }

    @Override
    public Availability read(Batch into, int max) throws IOException {
        for (int taken = 0; taken < max; taken++) {
            ByteBuffer records = records();
            if (records == null) {
                return Availability.LATER;
            }
            parse(records, into);
        }
        return Availability.MORE;
    }

    @Override
    public boolean ringing(Runnable ring) {
        bell = ring;
        log.ring(ring, true);
        return true;
    }

    @Override
    public long offset() {
        return next;
    }

    @Override
    public void close() throws IOException {
        inbox.closed(this);
        if (bell != null) {
            log.ring(bell, false);
        }
        frames.close();
    }

    /** What is left of the push being read, or the next one; null when there is none yet. */
    private @Nullable ByteBuffer records() throws IOException {
        if (push != null && next < pushEnd) {
            return push;
        }
        place = new Inbox.Place(segment.first(), frames.position());
        ByteBuffer body = nextFrame();
        push = body;
        if (body != null) {
            pushEnd = Frame.head(body).end();
        }
        return body;
    }

    private @Nullable ByteBuffer nextFrame() throws IOException {
        while (true) {
            Partition.Extent durable = log.durable();
            boolean last = durable.segment() == segment.first();
            ByteBuffer body = frames.next(last ? durable.bytes() : frames.size());
            if (body != null || last) {
                return body;
            }
            Optional<Segment> after = log.after(segment);
            if (after.isEmpty()) {
                return null;
            }
            frames.close();
            segment = after.get();
            frames = new FrameReader(segment);
        }
    }

    private void parse(ByteBuffer records, Batch into) throws PoisonRecordException {
        int length = records.getInt();
        int from = records.position();
        records.position(from + length);
        long offset = next++;
        try {
            parser.parse(records.array(), from, from + length, into);
        } catch (RecordFormatException wrong) {
            String record = new String(records.array(), from, length, StandardCharsets.UTF_8);
            throw new PoisonRecordException(String.valueOf(partition), offset, wrong.detail(), record);
        }
        into.size(into.size() + 1);
    }

    private void skipTo(long offset) throws IOException {
        for (ByteBuffer body = nextFrame(); body != null; body = nextFrame()) {
            Frame.Head head = Frame.head(body);
            if (head.end() > offset) {
                for (long record = head.first(); record < offset; record++) {
                    int length = body.getInt();
                    body.position(body.position() + length);
                }
                push = body;
                pushEnd = head.end();
                return;
            }
            place = new Inbox.Place(segment.first(), frames.position());
        }
    }
}
