package io.strandline.catalog.h2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The catalog as an H2 file in the data directory. A file that cannot be read is set aside before anything depends on it:
 * its newest copy, or an empty one, takes its place and is brought up to date from the journal.
 */
public final class CatalogFile implements JdbcConnectionDetails {

    private static final Logger log = LoggerFactory.getLogger(CatalogFile.class);
    private static final String NAME = "catalog";
    private static final String SUFFIX = ".mv.db";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What H2 says of a file that is not what it wrote. */
    private static final Set<Integer> CORRUPT =
            Set.of(ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.GENERAL_ERROR_1);

    /**
     * Keeps H2 from compacting the file meanwhile: rows that are read lazily do not keep the chunks that they are in from being
     * dropped, and a chunk that is missed looks like corruption. Not for longer: a file that is never compacted grows without end.
     */
    private static final String UNTOUCHED = ";AUTO_COMPACT_FILL_RATE=0";

    /** Long tables that nothing is decided by; a start does not wait for them to be read. */
    private static final Set<String> NOT_READ = Set.of("audit_entry", "attempt", "document", "document_part");

    /** Names the file as it was when it was last closed; there only while it is closed. */
    private static final String CLOSED = "closed";

    /** There from when a start begins until the server is ready: when it is found, that start has failed. */
    private static final String OPENING = "opening";

    /** How long a start looks through a file that nobody has closed: short tables first, long ones as far as it gets. */
    private static final Duration LOOKING = Duration.ofSeconds(3);

    private final Path directory;
    private final BooleanSupplier hasRoom;
    private final OverflowPath files;
    private Duration looking = LOOKING;
    private volatile boolean opened;

    /**
     * In a directory of its own.
     *
     * @param hasRoom whether the disk has room to spare: a catalog that found it full goes on in memory until then
     */
    public CatalogFile(Path directory, BooleanSupplier hasRoom) {
        this.directory = directory;
        this.hasRoom = hasRoom;
        this.files = OverflowPath.provider(scheme(directory), hasRoom);
        FilePath.register(files);
    }

    /** A data directory has one holder, so it tells servers in one process apart. */
    private static String scheme(Path directory) {
        byte[] place = directory.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
        return "catalog" + UUID.nameUUIDFromBytes(place).toString().replace("-", "");
    }

    /**
     * Reads a file that was not closed as far as decisions depend on it and for some seconds (or whole, when the start
     * before did not come through), and moves it out of the way when that cannot be done; where there is none then, the newest copy takes its place, if there is one.
     */
    public void makeReadable(Clock clock) throws IOException {
        Path file = directory.resolve(NAME + SUFFIX);
        if (Files.exists(directory.resolve(OPENING))) {
            looking = Duration.ofDays(1);
        }
        if (Files.exists(file) && !isAsItWasClosed(file)) {
            setAsideWhenCorrupt(file, clock);
        }
        Files.deleteIfExists(directory.resolve(CLOSED));
        if (!Files.exists(file) && Files.isDirectory(directory) && CatalogCheckpoints.bringBack(directory, file)) {
            setAsideWhenCorrupt(file, clock);
        }
        if (Files.isDirectory(directory)) {
            Files.writeString(directory.resolve(OPENING), "");
        }
    }

    /** The server is ready, and has found nothing wrong with the file. */
    public void opened() throws IOException {
        Files.deleteIfExists(directory.resolve(OPENING));
        opened = true;
    }

    /**
     * Notes that the file is closed, if it was in use: as long as nobody touches it, the next start need not look through it.
     * One that may have been left behind on a full disk is looked through.
     */
    public void noteClosed() throws IOException {
        Path file = directory.resolve(NAME + SUFFIX);
        if (opened && Files.exists(file) && hasRoom.getAsBoolean()) {
            Files.writeString(directory.resolve(CLOSED), stamp(file));
        }
    }

    private boolean isAsItWasClosed(Path file) throws IOException {
        Path closed = directory.resolve(CLOSED);
        return Files.exists(closed) && Files.readString(closed).equals(stamp(file));
    }

    private static String stamp(Path file) throws IOException {
        return Files.size(file) + " bytes, last written "
                + Files.getLastModifiedTime(file).toInstant();
    }

    private void setAsideWhenCorrupt(Path file, Clock clock) throws IOException {
        try {
            readThrough();
        } catch (SQLException e) {
            if (!corrupt(e)) {
                log.warn("the catalog could not be looked through: {}", e.getMessage());
                return;
            }
            Path aside = directory.resolve(NAME + ".corrupt-" + TIME.format(clock.instant()) + SUFFIX);
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            log.warn(
                    "the catalog {} is corrupt ({}); it is set aside as {} and rebuilt from the journal. Nothing is lost but"
                            + " statistics of attempts and plans that were not applied.",
                    file,
                    e.getMessage(),
                    aside.getFileName());
        }
    }

    private void readThrough() throws SQLException {
        long begin = System.nanoTime();
        try (Connection connection =
                        DriverManager.getConnection(getJdbcUrl() + UNTOUCHED, getUsername(), getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("set lazy_query_execution 1");
            for (String table : tables(statement)) {
                try (ResultSet rows = statement.executeQuery("select * from \"" + table + '"')) {
                    while (System.nanoTime() - begin < looking.toNanos() && rows.next()) {
                        rows.getObject(1);
                    }
                }
            }
            // closing by itself would compact the file, which is about to be opened again
            statement.execute("shutdown immediately");
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet names = statement.executeQuery(
                "select table_name from information_schema.tables where table_schema = current_schema()"
                        + " order by row_count_estimate, table_name")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        tables.removeAll(NOT_READ);
        return tables;
    }

    private static boolean corrupt(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException
                    || cause instanceof SQLException sql && CORRUPT.contains(sql.getErrorCode())) {
                return !locked(failure);
            }
        }
        return false;
    }

    private static boolean locked(SQLException failure) {
        return failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:h2:" + files.getScheme() + ":" + directory.resolve(NAME).toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    @Override
    public String getUsername() {
        return "sa";
    }

    @Override
    public String getPassword() {
        return "";
    }
}
