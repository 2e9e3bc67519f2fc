package io.strandline.event.webhook;

import io.strandline.event.EventId;
import io.strandline.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far each target is, a small file each: written anew, fsynced and renamed, so that a crash leaves one that was true.
 * Not in the catalog, which may be deleted, nor in the journal, which is for what people do.
 */
public final class Positions {

    private static final String SUFFIX = ".position";

    private final Disk disk;
    private final Path directory;

    /** Positions that are kept in {@code directory}, which is made when there is something to keep. */
    public Positions(Disk disk, Path directory) {
        this.disk = disk;
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
        disk.makeDirectories(directory);
        disk.replace(
                directory.resolve(target + SUFFIX),
                ByteBuffer.wrap((position + "\n").getBytes(StandardCharsets.US_ASCII)));
    }
}
