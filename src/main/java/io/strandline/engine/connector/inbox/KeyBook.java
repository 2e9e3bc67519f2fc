package io.strandline.engine.connector.inbox;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of pushes of the last day, so that a repetition is known. The keys of full segments are kept in a file of their
 * own, since a segment may be trimmed sooner; those of the last segments are read from there. Guarded by its {@link Inbox}.
 */
final class KeyBook {

    private static final long KEPT_MILLIS = Duration.ofHours(24).toMillis();
    private static final int MOST = 100_000;

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Where a push went, and what it was. */
    record Entry(String key, long fingerprint, int partition, long first, int count, long atMillis) {

        long end() {
            return first + count;
        }

        private byte[] encoded() {
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(3 * Long.BYTES + 2 * Integer.BYTES + name.length)
                    .putLong(fingerprint)
                    .putLong(first)
                    .putLong(atMillis)
                    .putInt(partition)
                    .putInt(count)
                    .put(name)
                    .array();
        }

        private static Entry decode(ByteBuffer bytes) {
            long fingerprint = bytes.getLong();
            long first = bytes.getLong();
            long at = bytes.getLong();
            int partition = bytes.getInt();
            int count = bytes.getInt();
            return new Entry(StandardCharsets.UTF_8.decode(bytes).toString(), fingerprint, partition, first, count, at);
        }
    }

    private KeyBook(Path file) {
        this.file = file;
    }

    /** Opens the book; one that is missing or torn is empty. */
    static KeyBook open(Path file) throws IOException {
        KeyBook book = new KeyBook(file);
        ByteBuffer bytes = Files.exists(file) ? ByteBuffer.wrap(Files.readAllBytes(file)) : ByteBuffer.allocate(0);
        if (Frame.intact(bytes, 0)) {
            ByteBuffer body = bytes.position(Frame.HEADER_BYTES);
            int count = Frame.head(body).count();
            for (int i = 0; i < count; i++) {
                int length = body.getInt();
                book.add(Entry.decode(body.slice(body.position(), length)));
                body.position(body.position() + length);
            }
        }
        return book;
    }

    Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Adds a key and forgets those that are too old or too many. */
    void add(Entry entry) {
        entries.put(entry.key(), entry);
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry old = oldest.next();
            if (entries.size() <= MOST && old.atMillis() > entry.atMillis() - KEPT_MILLIS) {
                return;
            }
            oldest.remove();
        }
    }

    /** Writes them down; the records of all of them are durable. */
    void save() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        entries.values().forEach(entry -> lines.add(entry.encoded()));
        ByteBuffer frame = Frame.encode(0, 0, "", lines);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(frame.array(), frame.position(), frame.remaining());
            out.getFD().sync();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = file.getParent();
        if (directory != null) {
            Appender.syncDirectory(directory);
        }
    }
}
