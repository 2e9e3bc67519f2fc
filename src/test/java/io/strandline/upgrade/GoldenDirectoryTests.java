package io.strandline.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.OwnServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.util.FileSystemUtils;

/**
 * Opens a data directory that an earlier build wrote, with its catalog and without: every version has the digests that were
 * written down then, and can be gone on from. {@code -Dgolden.write=true} writes one anew, which only a release that
 * begins a format does; those that are there stay.
 */
class GoldenDirectoryTests {

    private static final Path GOLDEN = Path.of("src/test/resources/upgrade/format-1.zip");
    private static final Path SEEN = Path.of("src/test/resources/upgrade/format-1.txt");
    private static final long MOST_BYTES = 300_000;
    private static final Instant WRITTEN = Instant.parse("2026-11-23T23:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void opensWhatAnEarlierBuildWroteAndGoesOnFromEachVersion() throws IOException {
        Path data = directory.resolve("data");
        unzip(GOLDEN, data);
        try (OwnServer server = open(data)) {
            GoldenJobs jobs = new GoldenJobs(server);
            assertThat(jobs.seen()).isEqualTo(Files.readString(SEEN));
            jobs.goOnFromEachVersion();
        }
    }

    @Test
    void opensItWithoutItsCatalog() throws IOException {
        Path data = directory.resolve("data");
        unzip(GOLDEN, data);
        FileSystemUtils.deleteRecursively(data.resolve("catalog"));
        try (OwnServer server = open(data)) {
            assertThat(new GoldenJobs(server).seen()).isEqualTo(Files.readString(SEEN));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "golden.write", matches = "true")
    void writeOne() throws IOException {
        Path data = directory.resolve("data");
        try (OwnServer server = open(data)) {
            new GoldenJobs(server).live();
        }
        Files.createDirectories(GOLDEN.getParent());
        FileSystemUtils.deleteRecursively(data.resolve("work"));
        Files.deleteIfExists(data.resolve("RESERVE"));
        zip(data, GOLDEN);
        try (OwnServer server = open(data)) {
            Files.writeString(SEEN, new GoldenJobs(server).seen());
        }
        assertThat(Files.size(GOLDEN)).isLessThan(MOST_BYTES);
    }

    private static OwnServer open(Path data) {
        return OwnServer.on(data, GoldenJobs.SETTINGS, ClockOfThen.class);
    }

    private static void zip(Path from, Path file) throws IOException {
        try (Stream<Path> found = Files.walk(from);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Path one : found.sorted().toList()) {
                String name = from.relativize(one).toString();
                if (Files.isRegularFile(one)) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(one, zip);
                } else if (!name.isEmpty()) {
                    zip.putNextEntry(new ZipEntry(name + "/"));
                }
            }
        }
    }

    private static void unzip(Path file, Path to) throws IOException {
        Files.createDirectories(to);
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = to.resolve(entry.getName()).normalize();
                assertThat(target).startsWithRaw(to);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    try (OutputStream out = Files.newOutputStream(target)) {
                        zip.transferTo(out);
                    }
                }
            }
        }
    }

    /** A clock that begins where the directory was written, so that nothing in it expires however old it is. */
    @Configuration(proxyBeanMethods = false)
    static class ClockOfThen {

        @Bean
        @Primary
        Clock clockOfThen() {
            return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), WRITTEN));
        }
    }
}
