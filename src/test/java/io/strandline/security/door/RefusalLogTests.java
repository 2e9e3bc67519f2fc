package io.strandline.security.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.security.door.RefusalLog.Refusal;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.FailingDisk;
import io.strandline.storage.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RefusalLogTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private long nanos;

    @Test
    void writesALineForARefusal() throws IOException {
        log(1 << 20).add(refusal("/api/v1/jobs"));

        JsonNode line = lines().get(0);
        assertThat(line.path("at").asString()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(line.path("status").asInt()).isEqualTo(403);
        assertThat(line.path("actor").asString()).isEqualTo("sk-a");
        assertThat(line.has("skippedBefore")).isFalse();
    }

    @Test
    void keepsWhatACallerSentOnOneLine() throws IOException {
        log(1 << 20).add(refusal("/api/v1/jobs\n{\"status\":200}"));

        assertThat(lines()).hasSize(1);
    }

    @Test
    void cutsWhatACallerCouldMakeLong() throws IOException {
        String longer = "x".repeat(1_000);
        log(1 << 20).add(new Refusal(400, "bad", longer, "sk-a", "127.0.0.1", longer, "/" + longer, "r1"));

        JsonNode line = lines().get(0);
        assertThat(line.path("method").asString()).hasSize(20);
        assertThat(line.path("path").asString()).hasSize(300);
        assertThat(line.path("detail").asString()).hasSize(500);
    }

    @Test
    void writesNoMoreThanItsShareAndCountsTheRest() throws IOException {
        RefusalLog log = log(1 << 20);
        for (int i = 0; i < 150; i++) {
            log.add(refusal("/" + i));
        }
        assertThat(lines()).hasSize(100);
        nanos += Duration.ofSeconds(1).toNanos();

        log.add(refusal("/last"));

        assertThat(lines().get(100).path("skippedBefore").asLong()).isEqualTo(50);
    }

    @Test
    void keepsThreeFullFilesAndNoMore() throws IOException {
        RefusalLog log = log(1_000);
        for (int i = 0; i < 90; i++) {
            log.add(refusal("/" + i));
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("security.log", "security.log.1", "security.log.2", "security.log.3");
        }
        assertThat(Files.size(directory.resolve("security.log.1"))).isLessThanOrEqualTo(1_000);
        assertThat(lines().get(lines().size() - 1).path("path").asString()).isEqualTo("/89");
    }

    @Test
    void goesOnWhenItCannotBeWritten() throws IOException {
        Files.createDirectory(directory.resolve("security.log"));
        RefusalLog log = log(1 << 20);
        log.add(refusal("/lost"));
        Files.delete(directory.resolve("security.log"));

        log.add(refusal("/kept"));

        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0).path("skippedBefore").asLong()).isEqualTo(1);
    }

    @Test
    void losesALineAndNoMoreWhereverTheDiskFails() throws IOException {
        int calls = 0;
        boolean failed = true;
        while (failed) {
            int failing = calls++;
            FailingDisk disk = new FailingDisk((index, call, path) -> index == failing, new IOException("as wanted"));
            RefusalLog log = log(disk, 400);
            for (int i = 0; i < 5; i++) {
                log.add(refusal("/" + failing + "/" + i));
            }
            failed = disk.failed();
            if (failed) {
                log.add(refusal("/" + failing + "/after"));
                assertThat(everything()).as("call %d", failing).contains("/" + failing + "/after");
            }
        }
        assertThat(calls).isGreaterThan(5);
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private RefusalLog log(long fileBytes) {
        return log(new LocalDisk(), fileBytes);
    }

    private RefusalLog log(Disk disk, long fileBytes) {
        return new RefusalLog(disk, directory.resolve("security.log"), CLOCK, () -> nanos, fileBytes);
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(directory.resolve("security.log")).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private static Refusal refusal(String path) {
        return new Refusal(403, "forbidden", "needs the role admin", "sk-a", "127.0.0.1", "GET", path, "r1");
    }
}
