package io.strandline.storage;

import static io.strandline.storage.StagedBytes.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every snapshot store does about pins, quarantine and areas left over; the base of its whole contract. */
public abstract class StoreCollectionContract {

    static final Predicate<Digest> UNNAMED = digest -> false;
    static final Digest UNKNOWN = new Digest("0".repeat(64));

    protected static final Clock CLOCK = Clock.fixed(Instant.parse("2026-08-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    protected Path directory;

    SnapshotStore store;

    /** An empty store. */
    protected abstract SnapshotStore openStore() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = openStore();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void leavesAnAreaThatWasNotCommittedToBeSwept() throws IOException {
        Staging staging = store.openStaging("1-1");
        Blob named = publish(staging, "a", "named");
        Blob forgotten = publish(staging, "b", "forgotten");
        staging.close();

        assertThat(store.leftoverStagings()).containsExactly("1-1");
        assertThat(store.sweepStaging("1-1", named.digest()::equals)).isTrue();

        assertThat(store.blobs()).extracting(StoredBlob::digest).containsExactly(named.digest());
        assertThat(store.sizeOf(forgotten.digest())).isEmpty();
        assertThat(store.leftoverStagings()).isEmpty();
    }

    @Test
    void forgetsAnAreaThatWasCommitted() throws IOException {
        Staging staging = store.openStaging("1-1");
        Blob blob = publish(staging, "a", "named");
        staging.committed();
        staging.close();

        assertThat(store.leftoverStagings()).isEmpty();
        assertThat(read(blob.digest())).isEqualTo("named");
    }

    @Test
    void sweepsNoBlobThatIsPinned() throws IOException {
        Staging staging = store.openStaging("1-1");
        Blob blob = publish(staging, "a", "carried on");
        try (Pin pin = store.pin(List.of(blob.digest()))) {
            staging.close();

            assertThat(store.sweepStaging("1-1", UNNAMED)).isFalse();
            assertThat(store.leftoverStagings()).containsExactly("1-1");
            assertThat(read(blob.digest())).isEqualTo("carried on");
        }
        assertThat(store.sweepStaging("1-1", UNNAMED)).isTrue();
        assertThat(store.blobs()).isEmpty();
    }

    @Test
    void quarantinesOnlyWhatNobodyPinsOrNames() throws IOException {
        Staging staging = store.openStaging("1-1");
        Blob blob = publish(staging, "a", "flights");
        assertThat(store.quarantine(blob.digest(), UNNAMED)).isFalse();
        staging.close();

        assertThat(store.quarantine(blob.digest(), blob.digest()::equals)).isFalse();
        try (BlobReader reader = store.open(blob.digest())) {
            assertThat(store.quarantine(blob.digest(), UNNAMED)).isFalse();
        }
        assertThat(store.quarantine(UNKNOWN, UNNAMED)).isFalse();
        assertThat(store.quarantine(blob.digest(), UNNAMED)).isTrue();

        assertThat(store.sizeOf(blob.digest())).isEmpty();
        assertThatThrownBy(() -> store.pin(List.of(blob.digest()))).isInstanceOf(BlobMissingException.class);
        assertThat(store.quarantined()).containsExactly(new StoredBlob(blob.digest(), 7, CLOCK.instant()));
        assertThat(store.usage().quarantineBytes()).isEqualTo(7);
    }

    @Test
    void writesAnewWhatLiesInQuarantine() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        store.quarantine(blob.digest(), UNNAMED);

        Blob again = publishAndClose("1-2", "flights");

        assertThat(read(again.digest())).isEqualTo("flights");
        assertThat(store.quarantined()).hasSize(1);
        assertThat(store.release(blob.digest())).isTrue();
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.blobs()).hasSize(1);
    }

    @Test
    void releasesFromQuarantine() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        store.quarantine(blob.digest(), UNNAMED);

        assertThat(store.release(blob.digest())).isTrue();
        assertThat(store.release(blob.digest())).isFalse();
        assertThat(read(blob.digest())).isEqualTo("flights");
    }

    @Test
    void deletesFromQuarantineAndCountsTheBytes() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        assertThat(store.deleteQuarantined(blob.digest())).isZero();
        store.quarantine(blob.digest(), UNNAMED);

        assertThat(store.deleteQuarantined(blob.digest())).isEqualTo(7);
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.release(blob.digest())).isFalse();
    }

    @Test
    void pinsAllOrNone() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");

        assertThatThrownBy(() -> store.pin(List.of(blob.digest(), UNKNOWN)))
                .isInstanceOf(BlobMissingException.class)
                .hasMessageContaining(UNKNOWN.toString());

        assertThat(store.quarantine(blob.digest(), UNNAMED)).isTrue();
    }

    @Test
    void countsPinsAndTakesEachOffOnce() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Pin one = store.pin(List.of(blob.digest(), blob.digest()));
        Pin two = store.pin(List.of(blob.digest()));
        one.close();
        one.close();

        assertThat(store.quarantine(blob.digest(), UNNAMED)).isFalse();
        two.close();
        assertThat(store.quarantine(blob.digest(), UNNAMED)).isTrue();
    }

    @Test
    void neverCondemnsABlobThatWasPinnedFirst() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 200; round++) {
                Blob blob = publishAndClose("1-" + round, "round " + round);
                AtomicBoolean named = new AtomicBoolean();
                CountDownLatch start = new CountDownLatch(1);
                Callable<Boolean> committer = () -> {
                    start.await();
                    try (Pin pin = store.pin(List.of(blob.digest()))) {
                        named.set(true);
                        return true;
                    } catch (BlobMissingException e) {
                        return false;
                    }
                };
                Callable<Boolean> collector = () -> {
                    start.await();
                    return store.quarantine(blob.digest(), digest -> named.get());
                };
                Future<Boolean> committed = threads.submit(committer);
                Future<Boolean> condemned = threads.submit(collector);
                start.countDown();

                assertThat(committed.get(10, TimeUnit.SECONDS)).isNotEqualTo(condemned.get(10, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    protected final SnapshotStore store() {
        return store;
    }

    protected final Blob publishAndClose(String area, String text) throws IOException {
        try (Staging staging = store.openStaging(area)) {
            Blob blob = publish(staging, "file", text);
            staging.committed();
            return blob;
        }
    }

    protected final String read(Digest digest) throws IOException {
        try (BlobReader reader = store.open(digest)) {
            return text(reader.view(0, (int) reader.sizeBytes()));
        }
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
