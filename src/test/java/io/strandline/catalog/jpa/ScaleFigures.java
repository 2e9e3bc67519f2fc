package io.strandline.catalog.jpa;

import io.strandline.OwnServer;
import io.strandline.catalog.h2.CatalogFile;
import io.strandline.catalog.journal.DataDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Measures a server whose catalog is large. Not a test: run by name, see docs/measurements.md. Arguments: {@code make},
 * {@code read}, {@code collect}, {@code both} of these or {@code rebuild}, then the data directory, then {@code postgres} for a catalog in an
 * embedded PostgreSQL beside it; {@code make} takes {@code both}, too. The size is in the system properties {@code scale.jobs} (200), {@code scale.versions}
 * (5000 a job) and {@code scale.dying} (those of a job that {@code collect} takes away, one in a hundred).
 */
final class ScaleFigures {

    private final ScaleShape shape = ScaleShape.asked();
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Path root;
    private final boolean postgres;

    private ScaleFigures(Path root, boolean postgres) {
        this.root = root;
        this.postgres = postgres;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[1]).toAbsolutePath();
        ScaleFigures figures = new ScaleFigures(root, arguments.length > 2 && arguments[2].equals("postgres"));
        switch (arguments[0]) {
            case "make" -> figures.make(arguments.length > 2 && arguments[2].equals("both"));
            case "read" -> figures.withServer(figures::read);
            case "collect" -> figures.withServer(figures::collect);
            case "both" ->
                figures.withServer(server -> {
                    figures.read(server);
                    figures.collect(server);
                });
            case "rebuild" -> figures.rebuild();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Measures over a running server. */
    private interface Measuring {

        void over(OwnServer server) throws Exception;
    }

    /** With {@code both} one data directory and two catalogs of it. */
    private void make(boolean both) throws Exception {
        DataDirectory.open(root, "the generator").close();
        try (Source source = source(postgres || both);
                Source second = both ? source(false) : null) {
            List<Source> sources = second == null ? List.of(source) : List.of(source, second);
            List<Connection> connections = new ArrayList<>();
            for (Source one : sources) {
                Flyway.configure()
                        .dataSource(one.url(), one.user(), one.password())
                        .load()
                        .migrate();
                connections.add(DriverManager.getConnection(one.url(), one.user(), one.password()));
            }
            long begin = System.nanoTime();
            new ScaleCatalog(
                            shape,
                            root,
                            Instant.now(),
                            number ->
                                    out.printf(Locale.ROOT, "%d versions a job after %.0f s%n", number, seconds(begin)))
                    .make(connections);
            for (Connection connection : connections) {
                tidy(connection);
                connection.close();
            }
            out.printf(Locale.ROOT, "made %s in %.0f s%n", shape, seconds(begin));
        }
        for (String part : List.of("journal", "catalog")) {
            out.printf(Locale.ROOT, "%s: %.0f MB%n", part, size(root.resolve(part)) / 1e6);
        }
    }

    private static void tidy(Connection connection) throws SQLException {
        boolean h2 = ScaleIndexes.isH2(connection);
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(h2 ? "analyze" : "vacuum analyze");
            if (h2) {
                statement.execute("shutdown");
            }
        }
    }

    private void read(OwnServer server) {
        new ScaleReads(shape, server, out).measure();
    }

    private void collect(OwnServer server) throws Exception {
        new ScaleCollection(shape, new ScaleCalls(server), out).measure();
    }

    private void withServer(Measuring measuring) throws Exception {
        try (Source source = source(postgres)) {
            long begin = System.nanoTime();
            try (OwnServer server = OwnServer.on(root, source.settings())) {
                double processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
                out.printf(Locale.ROOT, "start: %.1f s, %.1f s of a processor%n", seconds(begin), processor);
                measuring.over(server);
                memory();
            }
        }
    }

    /** Takes the catalog away and starts, so that all of the journal is applied. */
    private void rebuild() throws Exception {
        try (Source source = source(postgres)) {
            if (postgres) {
                try (Connection connection =
                                DriverManager.getConnection(source.url(), source.user(), source.password());
                        Statement statement = connection.createStatement()) {
                    statement.execute("drop schema public cascade");
                    statement.execute("create schema public");
                }
            } else {
                delete(root.resolve("catalog"));
            }
            long begin = System.nanoTime();
            try (OwnServer server = OwnServer.on(root, source.settings())) {
                double processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
                out.printf(
                        Locale.ROOT,
                        "rebuilt from the journal in %.0f s, %.1f s of a processor%n",
                        seconds(begin),
                        processor);
                memory();
            }
        }
    }

    private void memory() {
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        out.printf(
                Locale.ROOT,
                "heap: %.0f MB in use, %.0f MB at the peak, at most %.0f MB%n",
                (runtime.totalMemory() - runtime.freeMemory()) / 1e6,
                peak / 1e6,
                runtime.maxMemory() / 1e6);
    }

    private Source source(boolean asPostgres) throws IOException {
        if (!asPostgres) {
            CatalogFile file = new CatalogFile(root.resolve("catalog"), () -> true);
            return new Source(file.getJdbcUrl(), file.getUsername(), file.getPassword(), List.of(), null);
        }
        Path data = root.resolveSibling(root.getFileName() + "-postgres");
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("shared_buffers", "512MB")
                .start();
        String url = server.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true";
        List<String> settings = List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres");
        return new Source(url, "postgres", "postgres", settings, server);
    }

    /**
     * Where the catalog is.
     *
     * @param settings what the server has to be told
     * @param server what has to be stopped in the end, null for nothing
     */
    private record Source(String url, String user, String password, List<String> settings, EmbeddedPostgres server)
            implements AutoCloseable {

        @Override
        public void close() throws IOException {
            if (server != null) {
                server.close();
            }
        }
    }

    static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(java.io.File::isFile)
                    .mapToLong(java.io.File::length)
                    .sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
