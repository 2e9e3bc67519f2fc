package io.strandline.storage.memory;

import static io.strandline.storage.StagedBytes.publish;
import static io.strandline.storage.StagedBytes.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStoreContract;
import io.strandline.storage.Staging;
import io.strandline.storage.StorageFullException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemorySnapshotStoreTests extends SnapshotStoreContract {

    private static final long CAP_BYTES = 4096;

    @Override
    protected SnapshotStore openStore() {
        return new MemorySnapshotStore(CAP_BYTES, CLOCK);
    }

    @Test
    void saysThatItForgets() {
        assertThat(store().durable()).isFalse();
    }

    @Test
    void refusesWhatGoesBeyondItsCap() throws IOException {
        try (Staging staging = store().openStaging("1-1")) {
            publish(staging, "a", "x".repeat(4000));

            assertThatThrownBy(() -> stage(staging, "b", "y".repeat(97)))
                    .isInstanceOf(StorageFullException.class)
                    .hasMessageContaining("capped at 4096 bytes; 4000 are in use and 97 more do not fit");
            assertThatThrownBy(() -> store().writeManifest(new ManifestName("job", 1), new byte[97]))
                    .isInstanceOf(StorageFullException.class);
            stage(staging, "c", "z".repeat(96));
        }
    }

    @Test
    void getsRoomBackFromWhatIsDeleted() throws IOException {
        var blob = publishAndClose("1-1", "x".repeat(4096));
        store().quarantine(blob.digest(), digest -> false);
        store().deleteQuarantined(blob.digest());

        assertThat(publishAndClose("1-2", "y".repeat(4096)).sizeBytes()).isEqualTo(4096);
    }

    @Test
    void getsRoomBackFromDuplicates() throws IOException {
        publishAndClose("1-1", "x".repeat(2000));
        for (int round = 0; round < 5; round++) {
            publishAndClose("2-" + round, "x".repeat(2000));
        }
        assertThat(store().usage().blobBytes()).isEqualTo(2000);
        assertThat(store().usage().stagingBytes()).isZero();
    }
}
