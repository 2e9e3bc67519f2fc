package io.strandline.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.Verification;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.Verification.Outcome;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.operation.NotedCourse;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTraceTests {

    private static final Instant NOW = Instant.parse("2026-08-02T00:00:00Z");
    private static final Digest FLIGHTS = Digest.ofBytes("flights".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    private final VersionBook book = new VersionBook();
    private final DamageTrace trace = new DamageTrace(
            book,
            book.catalog(),
            new DamageFlags(book, book.catalog(), book.housekeeping()),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private @Nullable SnapshotStore store;
    private @Nullable Snapshot one;
    private @Nullable Snapshot two;

    @BeforeEach
    void commitTwoVersionsThatShareAFile() throws IOException {
        store = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
        CommittedVersions committed = new CommittedVersions(store);
        one = committed.commit(1, "flights");
        two = committed.commit(2, "flights");
        book.put(one);
        book.put(two);
    }

    @Test
    void recordsThatAVersionIsIntact() {
        Snapshot after = verify(one(), Level.CONTENT);

        assertThat(after.verification()).isEqualTo(new Verification(Level.CONTENT, NOW, Outcome.INTACT));
        assertThat(after.stateDigest()).isEqualTo("sha256:" + "e".repeat(64));
        assertThat(after.condition()).isEqualTo(Condition.OK);
    }

    @Test
    void recordsNothingTwice() {
        verify(one(), Level.CONTENT);
        verify(book.get(one().id()), Level.CONTENT);

        assertThat(book.recorded()).hasSize(1);
    }

    @Test
    void keepsADeeperLookThatFoundNothing() {
        verify(one(), Level.CHECKSUMS);
        Snapshot after = verify(book.get(one().id()), Level.PRESENCE);

        assertThat(after.verification().level()).isEqualTo(Level.CHECKSUMS);
    }

    @Test
    void flagsEveryVersionThatNamesADamagedFile() throws IOException {
        Files.writeString(blob(), "flighty");

        Snapshot after = verify(one(), Level.CHECKSUMS);

        assertThat(after.condition()).isEqualTo(Condition.DAMAGED);
        assertThat(after.verification()).isEqualTo(new Verification(Level.CHECKSUMS, NOW, Outcome.DAMAGED));
        assertThat(book.get(two().id()).condition()).isEqualTo(Condition.DAMAGED);
        assertThat(book.recorded())
                .filteredOn(ConditionChanged.class::isInstance)
                .singleElement()
                .extracting(change -> ((ConditionChanged) change).detail())
                .asString()
                .contains("it shares a damaged file with version 1");
    }

    @Test
    void doesNotClearADamagedVersionAfterAGlance() {
        book.put(VersionBook.with(one(), Verification.NONE, Condition.DAMAGED, null));

        assertThat(verify(book.get(one().id()), Level.PRESENCE).condition()).isEqualTo(Condition.DAMAGED);
        assertThat(book.recorded()).isEmpty();
        assertThat(verify(book.get(one().id()), Level.CHECKSUMS).condition()).isEqualTo(Condition.OK);
    }

    @Test
    void marksAVersionWithoutManifestAsLost() throws IOException {
        new Manifests(store()).delete(new ManifestName("job-1", 1));

        Snapshot after = verify(one(), Level.PRESENCE);

        assertThat(after.condition()).isEqualTo(Condition.LOST);
        assertThat(book.get(two().id()).condition()).isEqualTo(Condition.OK);
    }

    private Snapshot verify(Snapshot version, Level level) {
        Examination seen = new Examination(version, store(), new NotedCourse());
        Blob flights = new Blob("any", FLIGHTS, 7);
        Examination.Means means = new Examination.Means(
                new NamedFiles(List.of(flights)),
                (operators, keyGroups, files) -> new FakeReader(),
                (restored, manifest, digest, course) -> Optional.empty());
        seen.run(level, means);
        return trace.record(version, level, seen, trace.others(version, seen.damagedBlobs()), Cause.system("test"));
    }

    private Path blob() {
        return directory.resolve("store/blobs/sha256").resolve(FLIGHTS.hex());
    }

    private SnapshotStore store() {
        return Objects.requireNonNull(store);
    }

    private Snapshot one() {
        return Objects.requireNonNull(one);
    }

    private Snapshot two() {
        return Objects.requireNonNull(two);
    }
}
