package io.strandline.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.h2.CatalogCheckpoints;
import io.strandline.catalog.h2.CatalogFile;
import io.strandline.catalog.journal.DataDirectoryException;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.journal.UnsyncedFiles;
import io.strandline.catalog.jpa.Database;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Damages every kind of file that is kept under a hash or a checksum, and looks whether whoever reads it notices: versions
 * are never started from, entries never taken for what was written.
 *
 * <p>{@code -Dstrandline.positions=} says how many damages each kind of file gets, {@code -Dstrandline.seed=} where.
 */
class DamageTests {

    private static final int POSITIONS = Integer.getInteger("strandline.positions", 60);
    private static final long SEED = Long.getLong("strandline.seed", 20022L);
    private static final int TAGS = 60;
    private static final int VERSIONS = 3;
    private static final int SEGMENT_BYTES = 20_000;
    private static final List<String> REFUSED = List.of("refused");
    private static final Logger LOG = LoggerFactory.getLogger(DamageTests.class);

    private static Database database;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void openDatabase() {
        database = Database.inMemory();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "filesystem"})
    void noVersionIsStartedFromADamagedFile(String backend) throws IOException {
        try (Station station = station(backend)) {
            List<Path> blobs = files("store/blobs/sha256");
            Manifest newest = station.stored.manifest(station.head().orElseThrow());
            List<Path> named = blobs.stream()
                    .filter(blob -> newest.content().operators().stream()
                            .flatMap(operator -> operator.states().stream())
                            .flatMap(state -> state.runs().stream())
                            .anyMatch(run -> blob.endsWith(run.blob().digest().hex())))
                    .toList();
            List<String> unnoticed = new ArrayList<>();
            for (int position = 0; position < POSITIONS; position++) {
                Path file = named.get(random.nextInt(named.size()));
                String what = damaged(file, blobs, () -> refused(station, newest));
                if (!what.isEmpty()) {
                    unnoticed.add(what);
                }
            }
            assertThat(station.engines.runner.check(station.spec(newest))).isEmpty();
            report(backend + " run", unnoticed);
        }
    }

    @Test
    void noDamagedManifestIsRead() throws IOException {
        try (Station station = station("filesystem")) {
            List<Snapshot> versions = Promises.all(station);
            List<Path> manifests = files("store/manifests/" + Station.JOB);
            List<String> unnoticed = new ArrayList<>();
            for (int position = 0; position < POSITIONS; position++) {
                Snapshot version = versions.get(random.nextInt(versions.size()));
                Path file = manifests.stream()
                        .filter(manifest -> manifest.endsWith(version.number() + ".json"))
                        .findFirst()
                        .orElseThrow();
                String what = damaged(file, manifests, () -> unreadable(station, version));
                if (!what.isEmpty()) {
                    unnoticed.add(what);
                }
            }
            report("manifest", unnoticed);
        }
    }

    /** Only at the very end, where a power cut leaves such, is a journal that is not what was written gone on with. */
    @Test
    void noEntryIsReadThatWasNotWritten() throws IOException {
        Path journal = directory.resolve("data/journal");
        station("filesystem").close();
        List<String> written = entries(journal);
        List<Path> segments = files("journal");
        assertThat(segments).hasSizeGreaterThan(2);
        List<String> unnoticed = new ArrayList<>();
        int lastEntryLost = 0;
        for (int position = 0; position < POSITIONS * 2; position++) {
            Path copy = Files.createDirectory(directory.resolve("journal-" + position));
            int chosen = random.nextInt(segments.size());
            Damage damage = Damage.any(random);
            for (int i = 0; i < segments.size(); i++) {
                byte[] whole = Files.readAllBytes(segments.get(i));
                Files.write(
                        copy.resolve(segments.get(i).getFileName()), i == chosen ? damage.done(whole, random) : whole);
            }
            List<String> read = entriesOrRefusal(copy);
            boolean prefix = read.equals(written.subList(0, Math.min(read.size(), written.size())));
            boolean last = chosen == segments.size() - 1;
            if (!read.equals(REFUSED) && !(last && prefix)) {
                unnoticed.add(damage + " of " + segments.get(chosen).getFileName());
            }
            lastEntryLost += last && !read.equals(REFUSED) ? 1 : 0;
        }
        LOG.info("{} damages at the journal's end were taken for an end torn by a power cut", lastEntryLost);
        report("journal segment", unnoticed);
    }

    @Test
    void aJournalThatLostItsEndIsRefusedBecauseTheCatalogKnowsBetter() throws IOException {
        try (Station station = station("filesystem")) {
            assertThat(station.head()).isPresent();
        }
        List<Path> segments = files("journal");
        byte[] whole = Files.readAllBytes(segments.get(segments.size() - 1));
        Files.delete(segments.get(segments.size() - 1));
        assertThat(started()).as("without its last segment").contains("truncated");
        Files.write(segments.get(segments.size() - 1), Arrays.copyOf(whole, whole.length - 10));
        assertThat(started()).as("without the end of its last entry").contains("truncated");
    }

    @Test
    void noDamagedCopyOfTheCatalogIsUsed() throws Exception {
        Path catalog = Files.createDirectory(directory.resolve("catalog"));
        CatalogFile file = new CatalogFile(catalog, () -> true);
        try (Connection connection =
                        DriverManager.getConnection(file.getJdbcUrl(), file.getUsername(), file.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table kept as select \"X\" as id, space(50) || \"X\" as text from system_range(1, 500)");
            JdbcDataSource source = new JdbcDataSource();
            source.setUrl(file.getJdbcUrl());
            source.setUser(file.getUsername());
            try (CatalogCheckpoints checkpoints = new CatalogCheckpoints(source, catalog, () -> 7)) {
                checkpoints.make();
            }
        }
        Path copy = only(catalog, ".zip");
        byte[] whole = Files.readAllBytes(copy);
        List<String> unnoticed = new ArrayList<>();
        for (int position = 0; position < POSITIONS; position++) {
            Damage damage = Damage.any(random);
            Files.delete(only(catalog, ".mv.db"));
            Files.write(copy, damage.done(whole, random));
            file.makeReadable(Clock.systemUTC());
            if (Files.exists(catalog.resolve("catalog.mv.db"))) {
                unnoticed.add(damage.toString());
            }
            Files.write(copy, whole);
            file.makeReadable(Clock.systemUTC());
        }
        report("copy of the catalog", unnoticed);
        assertThat(rows(file)).isEqualTo(500);
    }

    private Station station(String backend) throws IOException {
        database.empty();
        Station station = Station.open(directory.resolve("data"), database, new UnsyncedFiles(), backend);
        station.submit();
        station.start();
        for (int version = 0; version < VERSIONS; version++) {
            Snapshot taken = station.checkpoint();
            for (int tag = 0; tag < TAGS; tag++) {
                station.tag(taken, "t-" + version + "-" + tag);
            }
        }
        station.stop();
        return station;
    }

    /** What starting on the data directory says. */
    private String started() throws IOException {
        try (Station station = Station.open(directory.resolve("data"), database, new UnsyncedFiles(), "filesystem")) {
            return "it started, at version "
                    + station.head().map(Snapshot::number).orElse(0L);
        } catch (DataDirectoryException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Damages a file, looks, and mends it; says what was done if nobody noticed. */
    private String damaged(Path file, List<Path> siblings, Look look) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int way = random.nextInt(12);
        String what;
        if (way == 0) {
            what = "missing";
            Files.delete(file);
        } else if (way == 1) {
            what = "another's bytes";
            List<Path> others =
                    siblings.stream().filter(other -> !other.equals(file)).toList();
            Files.write(file, Files.readAllBytes(others.get(random.nextInt(others.size()))));
        } else {
            Damage damage = Damage.any(random);
            what = damage.toString();
            Files.write(file, damage.done(whole, random));
        }
        boolean noticed = look.noticed();
        Files.write(file, whole);
        return noticed ? "" : what + " of " + file.getFileName();
    }

    /** Looks at what was damaged. */
    private interface Look {
        boolean noticed() throws IOException;
    }

    private static boolean refused(Station station, Manifest version) {
        return station.engines.runner.check(station.spec(version)).stream()
                .anyMatch(obstacle -> obstacle.kind() == StartObstacle.Kind.DAMAGED);
    }

    private static boolean unreadable(Station station, Snapshot version) {
        try {
            station.stored.manifest(version);
            return false;
        } catch (StrandlineException e) {
            return e.code() == ErrorCode.DAMAGED || e.code() == ErrorCode.SNAPSHOT_LOST;
        }
    }

    private static List<String> entriesOrRefusal(Path journal) throws IOException {
        try {
            return entries(journal);
        } catch (DataDirectoryException e) {
            return REFUSED;
        }
    }

    private static List<String> entries(Path journal) throws IOException {
        List<String> hashes = new ArrayList<>();
        try (Journal opened = Journal.open(journal, Clock.systemUTC(), new UnsyncedFiles(), SEGMENT_BYTES)) {
            opened.read(1, (JournalEntry entry) -> hashes.add(entry.hash()));
        }
        return hashes;
    }

    private List<Path> files(String of) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data").resolve(of))) {
            return files.sorted().toList();
        }
    }

    private static Path only(Path catalog, String ending) throws IOException {
        try (Stream<Path> files = Files.list(catalog)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long rows(CatalogFile file) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(file.getJdbcUrl(), file.getUsername(), file.getPassword());
                Statement statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from kept")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static void report(String kind, List<String> unnoticed) {
        LOG.info("{} damages to a {}, seed {}: {} unnoticed", POSITIONS, kind, SEED, unnoticed.size());
        assertThat(unnoticed).as("damages of a %s that nobody noticed", kind).isEmpty();
    }
}
