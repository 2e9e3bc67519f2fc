package io.strandline.catalog.h2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the catalog's file, taken while it is in use: a catalog that is lost goes on from the newest one rather than from
 * the journal's first entry, so that what a start has to apply does not grow with the journal. Each copy carries its SHA-256
 * in its name; one that does not match is not used.
 */
public final class CatalogCheckpoints implements AutoCloseable {

    /** Entries after which another copy is worth its time; as many a start may have to apply. */
    private static final long EVERY = 20_000;

    private static final Logger log = LoggerFactory.getLogger(CatalogCheckpoints.class);
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d+)-([0-9a-f]{64})\\.zip");
    private static final String UNFINISHED = "checkpoint.unfinished";

    private final DataSource source;
    private final Path directory;
    private final LongSupplier newestEntry;
    private final ScheduledExecutorService timer;
    private long copied;

    /**
     * Begins to look every minute whether a copy is due.
     *
     * @param directory where the catalog's file lies
     * @param newestEntry the sequence of the journal's newest entry
     */
    public CatalogCheckpoints(DataSource source, Path directory, LongSupplier newestEntry) throws IOException {
        this.source = source;
        this.directory = directory;
        this.newestEntry = newestEntry;
        this.copied = newest(directory).map(Copy::sequence).orElse(0L);
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "catalog-checkpoints");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.MINUTES);
    }

    /** A copy on disk. */
    private record Copy(Path file, long sequence, String hash) {}

    private void tick() {
        try {
            if (newestEntry.getAsLong() - copied >= EVERY) {
                make();
            }
        } catch (IOException | SQLException | RuntimeException e) {
            log.warn("the catalog could not be copied; it is tried again: {}", e.toString());
        }
    }

    /** Makes a copy and removes older ones. */
    public synchronized void make() throws IOException, SQLException {
        long sequence = newestEntry.getAsLong();
        Path unfinished = directory.resolve(UNFINISHED);
        try (Connection connection = source.getConnection();
                PreparedStatement backup = connection.prepareStatement("backup to ?")) {
            backup.setString(1, unfinished.toString());
            backup.execute();
        }
        fsync(unfinished);
        Path copy = directory.resolve("checkpoint-" + sequence + "-" + hash(unfinished) + ".zip");
        Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        fsync(directory);
        copied = sequence;
        for (Copy old : copies(directory)) {
            if (!old.file().equals(copy)) {
                Files.delete(old.file());
            }
        }
        log.info("copied the catalog as of entry {}", sequence);
    }

    /** Puts the newest copy that is what was written in the place of a missing catalog; false when there is none. */
    static boolean bringBack(Path directory, Path file) throws IOException {
        Optional<Copy> newest = newest(directory);
        if (newest.isEmpty()) {
            return false;
        }
        Copy copy = newest.get();
        if (!hash(copy.file()).equals(copy.hash())) {
            log.warn("{} is not what was written and is not used", copy.file());
            return false;
        }
        Path unfinished = directory.resolve(UNFINISHED);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(copy.file()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(String.valueOf(file.getFileName()))) {
                    Files.copy(zip, unfinished, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                    log.info("the catalog goes on from its copy as of entry {}", copy.sequence());
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<Copy> newest(Path directory) throws IOException {
        return copies(directory).stream().max(Comparator.comparingLong(Copy::sequence));
    }

    private static List<Copy> copies(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(file -> {
                        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                        return name.matches()
                                ? Stream.of(new Copy(file, Long.parseLong(name.group(1)), name.group(2)))
                                : Stream.of();
                    })
                    .toList();
        }
    }

    private static String hash(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void fsync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
