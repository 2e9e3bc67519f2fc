package io.strandline.catalog.journal;

import io.strandline.catalog.journal.Frame.SegmentHeader;
import io.strandline.catalog.journal.Segment.Link;
import io.strandline.catalog.journal.Segment.Scan;
import io.strandline.catalog.journal.Segment.Tail;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.Disk.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a journal ends, found and mended at start-up.
 *
 * @param segment the number of the segment to go on with
 * @param end where the chain stands
 * @param newestAt the time of the newest entry
 */
record JournalTail(long segment, Link end, Instant newestAt) {

    private static final Logger log = LoggerFactory.getLogger(JournalTail.class);
    private static final Pattern NAME = Pattern.compile("segment-(\\d{8,})\\.log");

    /** Looks for the end, cuts off what is torn there and begins the first segment when there is none. */
    static JournalTail find(Path directory, Disk disk) throws IOException {
        List<Segment> segments = new ArrayList<>(segments(directory));
        removeOnlyBegun(directory, disk, segments);
        if (segments.isEmpty()) {
            Link start = Link.start();
            begin(directory, disk, new SegmentHeader(1, 1, start.hash()), failure -> {})
                    .close();
            return new JournalTail(1, start, Instant.EPOCH);
        }
        int from = Math.max(0, segments.size() - 2);
        Link before = null;
        Instant[] newest = {Instant.EPOCH};
        ChangeCodec codec = new ChangeCodec();
        for (int i = from; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            Scan scan = segment.scan(before, last, (sequence, hash, payload) -> {
                Instant at = decode(codec, segment, sequence, hash, payload).at();
                newest[0] = newest[0].isAfter(at) ? newest[0] : at;
            });
            if (scan.tail().kind() != Tail.Kind.NONE) {
                cutOff(segment, disk, scan);
            }
            before = scan.end();
        }
        Link end = before == null ? Link.start() : before;
        return new JournalTail(segments.get(segments.size() - 1).number(), end, newest[0]);
    }

    /** The segments of a directory in order; a gap among them is refused. */
    static List<Segment> segments(Path directory) throws IOException {
        List<Segment> segments;
        try (Stream<Path> entries = Files.list(directory)) {
            segments = entries.map(JournalTail::segment)
                    .flatMap(List::stream)
                    .sorted((a, b) -> Long.compare(a.number(), b.number()))
                    .toList();
        }
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).number() != i + 1) {
                throw DataDirectoryException.damaged(Segment.name(directory, i + 1), "it is missing");
            }
        }
        return segments;
    }

    private static List<Segment> segment(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? List.of(new Segment(file, Long.parseLong(name.group(1)))) : List.of();
    }

    /**
     * Makes a segment with nothing but its header, durable with its name.
     *
     * @param syncFailed learns of a failed fsync, after which nobody may fsync again
     */
    static OutputFile begin(Path directory, Disk disk, SegmentHeader header, Consumer<IOException> syncFailed)
            throws IOException {
        OutputFile file = openEmpty(disk, Segment.name(directory, header.number()));
        boolean written = false;
        boolean begun = false;
        try {
            file.write(ByteBuffer.wrap(Frame.segmentHeader(header)));
            written = true;
            try {
                file.fsync();
                disk.fsyncDirectory(directory);
            } catch (IOException e) {
                syncFailed.accept(e);
                throw e;
            }
            begun = true;
            return file;
        } finally {
            if (!begun) {
                file.close();
            }
            if (!written) {
                disk.unlink(Segment.name(directory, header.number()));
            }
        }
    }

    /** A file with nothing in it; what an earlier try left there is taken away. */
    private static OutputFile openEmpty(Disk disk, Path file) throws IOException {
        if (disk.stat(file).isPresent()) {
            disk.unlink(file);
        }
        return disk.create(file);
    }

    static JournalEntry decode(ChangeCodec codec, Segment segment, long sequence, String hash, byte[] payload) {
        try {
            return codec.decode(sequence, hash, payload);
        } catch (UnknownChangeException e) {
            throw DataDirectoryException.newer(
                    "Entry " + sequence + " of the journal file " + segment.file() + " holds " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw DataDirectoryException.damaged(segment.file(), String.valueOf(e.getMessage()));
        }
    }

    private static void removeOnlyBegun(Path directory, Disk disk, List<Segment> segments) throws IOException {
        if (!segments.isEmpty() && segments.get(segments.size() - 1).onlyBegun()) {
            Segment begun = segments.remove(segments.size() - 1);
            disk.unlink(begun.file());
            disk.fsyncDirectory(directory);
        }
    }

    /** Cuts off what follows the last whole entry; garbage, which might have been acknowledged once, is kept aside. */
    private static void cutOff(Segment segment, Disk disk, Scan scan) throws IOException {
        long lost = scan.end().sequence() + 1;
        if (scan.tail().kind() == Tail.Kind.GARBAGE) {
            Path aside = keepAside(segment, disk, scan);
            log.warn(
                    "{}: {}, and nothing follows, as a power cut leaves it. Entry {} is LOST if it was ever acknowledged: the"
                            + " journal goes on behind entry {}, and the bytes are kept in {}",
                    segment.file(),
                    scan.tail().detail(),
                    lost,
                    lost - 1,
                    aside);
        } else {
            log.info("cutting off entry {} of {}, which was never acknowledged", lost, segment.file());
        }
        try (OutputFile file = disk.reopen(segment.file())) {
            file.truncate(scan.wholeBytes());
            file.fsync();
        }
    }

    private static Path keepAside(Segment segment, Disk disk, Scan scan) throws IOException {
        Path aside =
                segment.file().resolveSibling("garbage-behind-" + scan.end().sequence() + ".bin");
        byte[] bytes;
        try (InputStream in = Files.newInputStream(segment.file())) {
            in.skipNBytes(scan.wholeBytes());
            bytes = in.readAllBytes();
        }
        try (OutputFile file = openEmpty(disk, aside)) {
            file.write(ByteBuffer.wrap(bytes));
            file.fsync();
        }
        return aside;
    }
}
