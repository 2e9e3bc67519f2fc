package io.strandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Where tests put their files: in memory when {@code -Dstrandline.inMemory=true} and Linux has at least two gibibytes of room
 * there, else on the disk. What a power cut leaves is made up by the harnesses in both cases; an fsync only costs less in memory.
 * Named in {@code junit-platform.properties}.
 */
public final class TestDirectories implements TempDirFactory {

    private static final boolean WANTED = Boolean.getBoolean("strandline.inMemory");
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 2L << 30;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        return create("junit-");
    }

    /** A new directory, which the caller deletes. */
    static Path create(String prefix) throws IOException {
        return roomInMemory() ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix);
    }

    private static boolean roomInMemory() throws IOException {
        return WANTED
                && Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).type().equals("tmpfs")
                && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_BYTES;
    }
}
