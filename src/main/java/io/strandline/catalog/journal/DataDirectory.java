package io.strandline.catalog.journal;

import io.strandline.catalog.journal.DataDirectoryException.Kind;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.LocalDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory a server keeps everything in, held by one process at a time: {@code LOCK} (locked, names its holder),
 * {@code FORMAT} (version and the directory's id), {@code server.pid}, {@code RESERVE} (see the storage room), {@code journal/}, {@code catalog/}, {@code store/},
 * {@code work/} (emptied at start), {@code files/}, and {@code inbox/} and {@code outbox/} once something is
 * pushed, or waits for a database, {@code webhooks/} once there is one, {@code first-admin-key} once callers have to say who
 * they are, {@code security.log} once a call was refused.
 */
public final class DataDirectory implements Closeable {

    private static final int FORMAT = 1;
    private static final String COPIED = "COPIED";
    private static final List<String> PARTS = List.of("journal", "catalog", "store", "work", "files");
    private static final Set<String> EXPECTED_BEFORE_FIRST_START =
            Set.of("LOCK", "FORMAT.new", "server.pid", "files", "plugins", "lost+found");

    private final Path root;
    private final String id;
    private final FileChannel lockChannel;
    private final Disk disk;

    private DataDirectory(Path root, String id, FileChannel lockChannel, Disk disk) {
        this.disk = disk;
        this.root = root;
        this.id = id;
        this.lockChannel = lockChannel;
    }

    /**
     * Takes the directory, making it when there is none.
     *
     * @param holder what a second server is told about this one, such as its pid and address
     * @throws DataDirectoryException when another process holds it, it is something else, or a newer release wrote it
     */
    public static DataDirectory open(Path directory, String holder) {
        return open(directory, holder, new LocalDisk());
    }

    /** The same by way of a disk: all that must outlive a power cut, which lock and pid need not. */
    public static DataDirectory open(Path directory, String holder, Disk disk) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            disk.makeDirectories(root);
            FileChannel channel = lock(root, holder);
            boolean opened = false;
            try {
                String id = format(root, disk);
                for (String part : PARTS) {
                    disk.makeDirectories(root.resolve(part));
                }
                empty(root.resolve("work"));
                Files.writeString(
                        root.resolve("server.pid"), ProcessHandle.current().pid() + "\n");
                disk.fsyncDirectory(root);
                opened = true;
                return new DataDirectory(root, id, channel, disk);
            } finally {
                if (!opened) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            throw new DataDirectoryException(
                    Kind.UNUSABLE, "The data directory " + root + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Whether it was copied while its server ran, the journal first, and nobody has started on the copy yet. */
    public boolean copied() {
        return Files.exists(root.resolve(COPIED));
    }

    /** Store and journal agree: from now on it is a directory like any other. */
    public void adopted() throws IOException {
        if (copied()) {
            disk.unlink(root.resolve(COPIED));
            disk.fsyncDirectory(root);
        }
    }

    /** The directory itself, absolute. */
    public Path root() {
        return root;
    }

    /** The directory's id, made once; a catalog remembers whose index it is. */
    public String id() {
        return id;
    }

    /** Where the journal's segments lie. */
    public Path journal() {
        return root.resolve("journal");
    }

    /** Where the catalog's database lies, when it is a file. */
    public Path catalog() {
        return root.resolve("catalog");
    }

    /** Where snapshots lie. */
    public Path store() {
        return root.resolve("store");
    }

    /** Scratch space of running instances, emptied at start. */
    public Path work() {
        return root.resolve("work");
    }

    /** Where pipelines may read and write files by relative path. */
    public Path files() {
        return root.resolve("files");
    }

    /** Where records lie that were pushed to sources. */
    public Path inbox() {
        return root.resolve("inbox");
    }

    /** Where rows wait until they may go into a database. */
    public Path outbox() {
        return root.resolve("outbox");
    }

    /** Where it is written down how far each webhook is. */
    public Path webhooks() {
        return root.resolve("webhooks");
    }

    /** Where the first admin key is left for whoever runs the server. */
    public Path firstKey() {
        return root.resolve("first-admin-key");
    }

    /** Where refused calls are written down. */
    public Path securityLog() {
        return root.resolve("security.log");
    }

    @Override
    public void close() throws IOException {
        if (lockChannel.isOpen()) {
            Files.deleteIfExists(root.resolve("server.pid"));
            lockChannel.close();
        }
    }

    private static FileChannel lock(Path root, String holder) throws IOException {
        Path file = root.resolve("LOCK");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            String other = Files.readString(file).strip();
            throw DataDirectoryException.inUse(root, other.isEmpty() ? "another server" : other);
        }
        channel.truncate(0);
        ByteBuffer name = ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8));
        while (name.hasRemaining()) {
            channel.write(name);
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String format(Path root, Disk disk) throws IOException {
        Path file = root.resolve("FORMAT");
        if (!Files.exists(file)) {
            refuseForeign(root);
            Path parent = root.getParent();
            if (parent != null && Files.isReadable(parent)) {
                // an earlier start may have been killed between making the directory and this
                disk.fsyncDirectory(parent);
            }
            String id = UUID.randomUUID().toString();
            String content = "format=" + FORMAT + "\ndirectory=" + id + "\n";
            disk.replace(file, ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            return id;
        }
        Properties format = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            format.load(in);
        }
        String version = format.getProperty("format", "");
        String id = format.getProperty("directory", "");
        if (!version.equals(String.valueOf(FORMAT)) || id.isEmpty()) {
            throw new DataDirectoryException(
                    Kind.FOREIGN,
                    "The data directory " + root + " has format '" + version + "'; this release reads format " + FORMAT
                            + ". Use the release that wrote it, or another directory.");
        }
        return id;
    }

    private static void refuseForeign(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !EXPECTED_BEFORE_FIRST_START.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new DataDirectoryException(
                                Kind.FOREIGN,
                                "The directory " + root + " is not a data directory of this server (it holds '" + name
                                        + "' but no FORMAT file). Choose an empty one with --strandline.data-dir.");
                    });
        }
    }

    private static void empty(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!visited.equals(directory)) {
                    Files.delete(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is not a directory");
        }
    }
}
