package io.strandline.storage.file;

import static io.strandline.storage.StagedBytes.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedBytes;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import io.strandline.storage.StorageFullException;
import io.strandline.storage.disk.DelegatingDisk;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.FailingDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes calls fail while the process lives on. */
class FaultTests {

    @TempDir
    private Path directory;

    @Test
    void losesNothingWhicheverCallFindsTheDiskFull() throws IOException {
        int failedRuns = 0;
        boolean reached = true;
        for (int call = 0; reached; call++) {
            int failing = call;
            FailingDisk calls = new FailingDisk(
                    (index, name, path) -> index == failing, new StorageFullException("no space", null));
            Path root = directory.resolve("store-" + call);
            StoreScenario scenario = new StoreScenario();
            try {
                scenario.run(root, calls);
            } catch (StorageFullException e) {
                failedRuns++;
            }
            reached = calls.failed();

            assertThat(scenario.violations(root, new DelegatingDisk()))
                    .as("call %d", call)
                    .isEmpty();
            assertThatCode(() -> scenario.goOn(root, new DelegatingDisk())).doesNotThrowAnyException();
            assertThat(scenario.violations(root, new DelegatingDisk()))
                    .as("call %d, later", call)
                    .isEmpty();
        }
        assertThat(failedRuns).isGreaterThan(100);
    }

    @Test
    void abandonsAFileWhoseFsyncFailed() throws IOException {
        FailingDisk calls = failingAt("fsync", "staging/1-1/a");
        try (SnapshotStore store = open(calls);
                Staging staging = store.openStaging("1-1")) {
            StagedFile file = staging.create("a");
            file.channel().write(ByteBuffer.wrap(new byte[10]));

            assertThatThrownBy(() -> file.seal(StagedBytes.MEDIA_TYPE)).hasMessage("Input/output error");
            assertThatThrownBy(() -> file.seal(StagedBytes.MEDIA_TYPE)).isInstanceOf(IllegalStateException.class);
            file.close();

            assertThat(calls.fsyncs())
                    .filteredOn(path -> path.endsWith("1-1/a"))
                    .hasSize(1);
            assertThat(directory.resolve("store/staging/1-1/a")).doesNotExist();
            staging.publish(List.of(stage(staging, "b", "goes on")));
            assertThat(store.blobs()).hasSize(1);
        }
    }

    @Test
    void takesLinksBackWhenTheirDirectoryCannotBeSynced() throws IOException {
        FailingDisk calls = failingAfterLink();
        try (SnapshotStore store = open(calls);
                Staging staging = store.openStaging("1-1")) {
            StagedBlob staged = stage(staging, "a", "flights");

            assertThatThrownBy(() -> staging.publish(List.of(staged))).hasMessage("Input/output error");
            assertThat(store.blobs()).isEmpty();

            staging.publish(List.of(staged));
            assertThat(store.sizeOf(staged.blob().digest())).contains(7L);
            assertThat(store.quarantine(staged.blob().digest(), digest -> false))
                    .as("pinned by its area")
                    .isFalse();
        }
    }

    @Test
    void hasNoManifestWhoseDirectoryCannotBeSynced() throws IOException {
        FailingDisk calls = failingAt("fsync", "manifests/job-1");
        try (SnapshotStore store = open(calls)) {
            ManifestName name = new ManifestName("job-1", 1);

            assertThatThrownBy(() -> store.writeManifest(name, new byte[] {1})).hasMessage("Input/output error");
            assertThat(store.readManifest(name)).isEmpty();
            store.writeManifest(name, new byte[] {2});

            assertThat(store.readManifest(name)).isPresent();
            assertThat(Files.list(directory.resolve("store/manifests/job-1"))).hasSize(1);
        }
    }

    @Test
    void refusesToSealAfterAFailedWrite() throws IOException {
        FailingDisk calls = failingAt("write", "staging/1-1/a");
        try (SnapshotStore store = open(calls);
                Staging staging = store.openStaging("1-1")) {
            StagedFile file = staging.create("a");

            assertThatThrownBy(() -> file.channel().write(ByteBuffer.wrap(new byte[10])))
                    .hasMessage("Input/output error");
            assertThatThrownBy(() -> file.seal(StagedBytes.MEDIA_TYPE)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(directory.resolve("store/staging")).isEmptyDirectory();
    }

    private FailingDisk failingAt(String failingCall, String where) {
        return new FailingDisk(
                (index, call, path) -> call.equals(failingCall) && path.endsWith(where),
                new IOException("Input/output error"));
    }

    private FailingDisk failingAfterLink() {
        boolean[] linked = new boolean[1];
        return new FailingDisk(
                (index, call, path) -> {
                    linked[0] |= call.equals("link");
                    return linked[0] && call.equals("fsync") && path.endsWith("blobs/sha256");
                },
                new IOException("Input/output error"));
    }

    private SnapshotStore open(Disk calls) throws IOException {
        return FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC(), calls);
    }
}
