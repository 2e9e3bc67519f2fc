package io.strandline.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification.Level;
import io.strandline.inspect.Examination.Means;
import io.strandline.inspect.Finding.Fault;
import io.strandline.operation.NotedCourse;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifests;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExaminationTests {

    private static final Digest FLIGHTS = Digest.ofBytes("flights".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    private final NotedCourse course = new NotedCourse();
    private @Nullable SnapshotStore store;
    private @Nullable Snapshot version;

    @BeforeEach
    void commit() throws IOException {
        store = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
        version = new CommittedVersions(store).commit(42, "flights", "change");
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingWrongWithWhatWasCommitted(Level level) {
        Examination seen = examine(level);

        assertThat(seen.findings()).isEmpty();
        assertThat(seen.damaged()).isFalse();
        assertThat(seen.readBytes()).isEqualTo(level.compareTo(Level.CHECKSUMS) >= 0 ? 13 : 0);
        assertThat(seen.stateDigest())
                .isEqualTo(level.compareTo(Level.CONTENT) >= 0 ? "sha256:" + "e".repeat(64) : null);
    }

    @Test
    void namesAMissingFile() throws IOException {
        Files.delete(blob());

        assertThat(examine(Level.PRESENCE).findings()).containsExactly(finding(Fault.MISSING, "there is no such file"));
    }

    @Test
    void namesATruncatedFile() throws IOException {
        Files.writeString(blob(), "fly");

        assertThat(examine(Level.PRESENCE).findings())
                .containsExactly(finding(Fault.SIZE, "it is 3 bytes long, not 7"));
    }

    @Test
    void namesAFlippedByteWhenItReadsAllBytes() throws IOException {
        Files.writeString(blob(), "flighty");
        Digest found = Digest.ofBytes("flighty".getBytes(StandardCharsets.UTF_8));

        assertThat(examine(Level.PRESENCE).findings()).isEmpty();
        Examination seen = examine(Level.CONTENT);
        assertThat(seen.findings()).containsExactly(finding(Fault.CHECKSUM, "its bytes hash to " + found));
        assertThat(seen.damagedBlobs()).containsExactly(FLIGHTS);
        assertThat(seen.stateDigest()).isNull();
    }

    @Test
    void saysNoPathOutsideTheStoreWhenAFileCannotBeRead() throws IOException {
        Files.delete(blob());
        Files.createDirectories(blob().resolve("directory"));

        assertThat(examine(Level.CHECKSUMS).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).doesNotContain(directory.toString()));
    }

    @Test
    void namesADamagedManifest() throws IOException {
        Path manifest = directory.resolve("store/manifests/job-1/42.json");
        Files.writeString(manifest, Files.readString(manifest).replace("filesystem", "filesystom"));

        assertThat(examine(Level.CATALOG).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo("manifests/job-1/42.json");
            assertThat(finding.fault()).isEqualTo(Fault.CHECKSUM);
            assertThat(finding.digest()).isEqualTo(version().manifestDigest());
        });
    }

    @Test
    void knowsAVersionWhoseManifestIsGone() throws IOException {
        new Manifests(store()).delete(new ManifestName("job-1", 42));
        Examination seen = examine(Level.CONTENT);

        assertThat(seen.manifestGone()).isTrue();
        assertThat(seen.findings()).extracting(Finding::fault).containsExactly(Fault.MISSING);
    }

    @Test
    void tellsACatalogThatSaysOtherwiseFromDamage() {
        Examination seen = new Examination(version(), store(), course);
        seen.run(Level.CATALOG, means(List.of()));

        assertThat(seen.findings()).extracting(Finding::fault).containsExactly(Fault.CATALOG);
        assertThat(seen.damaged()).isFalse();
    }

    @Test
    void stopsBetweenFilesWhenCancelled() {
        course.cancel();

        assertThatThrownBy(() -> examine(Level.CHECKSUMS)).isInstanceOf(StrandlineException.class);
    }

    @Test
    void tellsHowFarItIs() {
        examine(Level.CONTENT);

        assertThat(course.notes())
                .containsExactly("manifest", "files", "0 of 13 bytes", "7 of 13 bytes", "13 of 13 bytes", "content");
    }

    private Examination examine(Level level) {
        Examination seen = new Examination(version(), store(), course);
        seen.run(level, means(files()));
        return seen;
    }

    private static Means means(List<Blob> rows) {
        return new Means(
                new NamedFiles(rows),
                (operators, keyGroups, files) -> new FakeReader(),
                (restored, manifest, digest, course) -> Optional.empty());
    }

    private List<Blob> files() {
        Blob flights = new Blob("any", FLIGHTS, 7);
        Blob change = new Blob("any", Digest.ofBytes("change".getBytes(StandardCharsets.UTF_8)), 6);
        return List.of(flights, change);
    }

    private static Finding finding(Fault fault, String found) {
        return new Finding("blobs/sha256/" + FLIGHTS.hex(), FLIGHTS.toString(), "by-origin/aggregates", fault, found);
    }

    private Path blob() {
        return directory.resolve("store/blobs/sha256").resolve(FLIGHTS.hex());
    }

    private Snapshot version() {
        return Objects.requireNonNull(version);
    }

    private SnapshotStore store() {
        return Objects.requireNonNull(store);
    }
}
