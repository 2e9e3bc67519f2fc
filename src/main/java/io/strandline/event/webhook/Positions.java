package io.strandline.event.webhook;

import io.strandline.event.EventId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * How far each target is, a small file each: written anew, fsynced and renamed, so that a crash leaves one that was true.
 * Not in the catalog, which may be deleted, nor in the journal, which is for what people do.
 */
final class Positions {

    private static final String SUFFIX = ".position";

    private final Path directory;

    Positions(Path directory) {
        this.directory = directory;
    }

    /**
     * How far a target is, empty when it is new.
     *
     * @throws IOException when it cannot be read, or is not what was written
     */
    Optional<EventId> of(String target) throws IOException {
        Path file = directory.resolve(target + SUFFIX);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file).strip();
        return Optional.of(EventId.parse(text)
                .orElseThrow(() -> new IOException(file + " holds '" + text + "', which is not the id of an event")));
    }

    /** Writes down how far a target is; durable when this returns. */
    void save(String target, EventId position) throws IOException {
        Files.createDirectories(directory);
        Path fresh = directory.resolve(target + SUFFIX + ".new");
        try (FileChannel file = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap((position + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                file.write(text);
            }
            file.force(true);
        }
        Files.move(fresh, directory.resolve(target + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
