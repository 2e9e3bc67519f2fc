package io.strandline.storage.file;

import static io.strandline.storage.StagedBytes.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.storage.Blob;
import io.strandline.storage.BlobDamagedException;
import io.strandline.storage.BlobMissingException;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStoreContract;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedBytes;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileSnapshotStoreTests extends SnapshotStoreContract {

    @Override
    protected SnapshotStore openStore() throws IOException {
        return FileSnapshotStore.open(root(), CLOCK);
    }

    @Test
    void laysFilesOutAsAnOciImageLayoutDoes() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        store().writeManifest(new ManifestName("job-1", 42), new byte[] {'{', '}'});

        assertThat(live(blob.digest())).hasContent("flights");
        assertThat(root().resolve("manifests/job-1/42.json")).hasContent("{}");
        assertThat(root().resolve("staging")).isEmptyDirectory();
    }

    @Test
    void keepsEverythingWhenOpenedAgain() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        store().writeManifest(new ManifestName("job-1", 42), new byte[] {1});

        SnapshotStore again = openStore();

        assertThat(again.sizeOf(blob.digest())).contains(7L);
        assertThat(again.manifests()).containsExactly(new ManifestName("job-1", 42));
    }

    @Test
    void takesAFileThatALibraryWroteItself() throws IOException {
        try (Staging staging = store().openStaging("1-1")) {
            StagedFile file = staging.create("run.sst");
            Files.writeString(file.path().orElseThrow(), "abc");
            StagedBlob staged = file.seal(StagedBytes.MEDIA_TYPE);
            staging.publish(List.of(staged));

            assertThat(staged.blob().digest().hex()).startsWith("ba7816bf");
            assertThat(read(staged.blob().digest())).isEqualTo("abc");
        }
    }

    @Test
    void sharesTheInodeWithLinkedFiles() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Path target = directory.resolve("view.sst");
        store().linkTo(blob.digest(), target);

        assertThat(Files.getAttribute(target, "unix:ino"))
                .isEqualTo(Files.getAttribute(live(blob.digest()), "unix:ino"));
    }

    @Test
    void findsAFlippedByte() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Files.writeString(live(blob.digest()), "flighty");
        Files.setLastModifiedTime(live(blob.digest()), FileTime.fromMillis(1));

        assertThatThrownBy(() -> store().check(blob))
                .isInstanceOf(BlobDamagedException.class)
                .hasMessageContaining(blob.digest().toString())
                .hasMessageContaining("its bytes hash to sha256:");
    }

    @Test
    void findsATruncatedFile() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Files.writeString(live(blob.digest()), "fly");

        assertThatThrownBy(() -> store().check(blob))
                .isInstanceOf(BlobDamagedException.class)
                .hasMessageContaining("it is 3 bytes long, not 7");
    }

    @Test
    void findsAMissingFile() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Files.delete(live(blob.digest()));

        assertThatThrownBy(() -> store().check(blob)).isInstanceOf(BlobMissingException.class);
    }

    @Test
    void findsDamageDoneWhileItWasClosed() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        FileTime before = Files.getLastModifiedTime(live(blob.digest()));
        Files.writeString(live(blob.digest()), "flighty");
        Files.setLastModifiedTime(live(blob.digest()), before);

        SnapshotStore again = openStore();

        assertThatThrownBy(() -> again.check(blob)).isInstanceOf(BlobDamagedException.class);
    }

    @Test
    void hashesAFileOnceAProcess() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        CountingDisk calls = new CountingDisk();
        SnapshotStore again = FileSnapshotStore.open(root(), CLOCK, calls);

        again.check(blob);
        again.check(blob);

        assertThat(calls.reads()).isEqualTo(1);
    }

    @Test
    void hashesNoFileThatThisProcessWrote() throws IOException {
        CountingDisk calls = new CountingDisk();
        SnapshotStore fresh = FileSnapshotStore.open(root(), CLOCK, calls);
        try (Staging staging = fresh.openStaging("2-1")) {
            Blob blob = publish(staging, "a", "written here");
            fresh.check(blob);
        }
        assertThat(calls.reads()).isZero();
    }

    @Test
    void mendsATruncatedBlobWhenItsBytesAreWrittenAgain() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Files.writeString(live(blob.digest()), "fly");

        publishAndClose("1-2", "flights");

        assertThatCode(() -> store().check(blob)).doesNotThrowAnyException();
        assertThat(store().leftoverStagings()).isEmpty();
    }

    @Test
    void mendsADamagedBlobWhenItsBytesAreWrittenAgain() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Files.writeString(live(blob.digest()), "flighty");
        Files.setLastModifiedTime(live(blob.digest()), FileTime.fromMillis(1));

        publishAndClose("1-2", "flights");

        assertThat(read(blob.digest())).isEqualTo("flights");
        assertThatCode(() -> store().check(blob)).doesNotThrowAnyException();
    }

    @Test
    void sweepsManifestsThatWereNotFinished() throws IOException {
        Files.createDirectories(root().resolve("manifests/job-1"));
        Path unfinished = Files.writeString(root().resolve("manifests/job-1/7.json.tmp"), "{");

        SnapshotStore again = openStore();

        assertThat(unfinished).doesNotExist();
        assertThat(again.manifests()).isEmpty();
    }

    @Test
    void listsNoManifestsWhenAnythingIsWrong() throws IOException {
        Files.createDirectories(root().resolve("manifests/job-1"));
        Files.writeString(root().resolve("manifests/job-1/seven.json"), "{");

        assertThatThrownBy(() -> store().manifests())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("seven.json");
    }

    @Test
    void sweepsAnAreaWhoseListWasNotWrittenToItsEnd() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Path area = Files.createDirectory(root().resolve("staging/1-2"));
        Files.writeString(area.resolve("digests-0"), blob.digest().hex());
        Files.writeString(area.resolve("run"), "half a run");

        assertThat(store().leftoverStagings()).containsExactly("1-2");
        assertThat(store().sweepStaging("1-2", digest -> false)).isTrue();

        assertThat(read(blob.digest())).isEqualTo("flights");
        assertThat(area).doesNotExist();
    }

    private Path root() {
        return directory.resolve("store");
    }

    private Path live(Digest digest) {
        return root().resolve("blobs/sha256").resolve(digest.hex());
    }
}
