package io.strandline.storage;

import static io.strandline.storage.StagedBytes.publish;
import static io.strandline.storage.StagedBytes.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every snapshot store does. */
public abstract class SnapshotStoreContract extends StoreCollectionContract {

    @Test
    void showsStagedBytesToNobodyUntilPublished() throws IOException {
        try (Staging staging = store.openStaging("1-1")) {
            StagedBlob staged = stage(staging, "a", "flights");

            assertThat(store.sizeOf(staged.blob().digest())).isEmpty();
            assertThatThrownBy(() -> store.open(staged.blob().digest())).isInstanceOf(BlobMissingException.class);

            staging.publish(List.of(staged));

            assertThat(read(staged.blob().digest())).isEqualTo("flights");
            assertThat(store.sizeOf(staged.blob().digest())).contains(7L);
            assertThat(store.blobs())
                    .extracting(StoredBlob::digest)
                    .containsExactly(staged.blob().digest());
        }
    }

    @Test
    void namesABlobByTheHashOfItsBytes() throws IOException {
        try (Staging staging = store.openStaging("1-1")) {
            Blob blob = publish(staging, "a", "abc");

            assertThat(blob.digest().hex())
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assertThat(blob.sizeBytes()).isEqualTo(3);
            assertThat(store.hash(blob.digest())).isEqualTo(blob.digest());
        }
    }

    @Test
    void hashesWhatWasWrittenInPieces() throws IOException {
        try (Staging staging = store.openStaging("1-1")) {
            StagedFile file = staging.create("a");
            for (String piece : List.of("a", "", "b", "c")) {
                file.channel().write(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
            }

            assertThat(file.seal(StagedBytes.MEDIA_TYPE).blob().digest().hex()).startsWith("ba7816bf");
        }
    }

    @Test
    void storesAnEmptyFile() throws IOException {
        try (Staging staging = store.openStaging("1-1")) {
            StagedBlob empty = staging.create("empty").seal(StagedBytes.MEDIA_TYPE);
            staging.publish(List.of(empty));

            assertThat(store.sizeOf(empty.blob().digest())).contains(0L);
            assertThat(read(empty.blob().digest())).isEmpty();
        }
    }

    @Test
    void storesIdenticalBytesOnce() throws IOException {
        try (Staging first = store.openStaging("1-1");
                Staging second = store.openStaging("1-2")) {
            Blob one = publish(first, "a", "same");
            Blob two = publish(second, "b", "same");

            assertThat(one).isEqualTo(two);
            assertThat(store.blobs()).hasSize(1);
            assertThat(store.usage().blobBytes()).isEqualTo(4);
        }
    }

    @Test
    void publishesTwiceWithoutEffect() throws IOException {
        Blob blob;
        try (Staging staging = store.openStaging("1-1")) {
            StagedBlob staged = stage(staging, "a", "flights");
            staging.publish(List.of(staged));
            staging.publish(List.of(staged));
            blob = staged.blob();
        }
        assertThat(store.quarantine(blob.digest(), UNNAMED)).isTrue();
    }

    @Test
    void publishesNothingThatIsNotSealed() throws IOException {
        try (Staging staging = store.openStaging("1-1")) {
            staging.create("a").channel().write(ByteBuffer.wrap(new byte[3]));
            StagedBlob claimed = new StagedBlob("a", new Blob(StagedBytes.MEDIA_TYPE, UNKNOWN, 3));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> staging.publish(List.of(claimed)))
                    .withMessageContaining("a is not a sealed file");
        }
        assertThat(store.blobs()).isEmpty();
    }

    @Test
    void takesNoBytesAfterSealing() throws IOException {
        try (Staging staging = store.openStaging("1-1")) {
            StagedFile file = staging.create("a");
            var channel = file.channel();
            file.seal(StagedBytes.MEDIA_TYPE);

            assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(new byte[1])))
                    .isInstanceOf(Exception.class);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void refusesASecondStagingOfTheSameName() throws IOException {
        try (Staging first = store.openStaging("1-1")) {
            assertThatThrownBy(() -> store.openStaging("1-1")).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> store.sweepStaging("1-1", UNNAMED)).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(store.leftoverStagings()).isEmpty();
        }
    }

    @Test
    void refusesASecondStagedFileOfTheSameName() throws IOException {
        try (Staging staging = store.openStaging("1-1")) {
            staging.create("a");

            assertThatThrownBy(() -> staging.create("a")).isInstanceOf(FileAlreadyExistsException.class);
        }
    }

    @Test
    void closingDeletesWhatWasNotPublished() throws IOException {
        Staging staging = store.openStaging("1-1");
        stage(staging, "a", "sealed");
        staging.create("b").channel().write(ByteBuffer.wrap(new byte[100]));
        staging.close();
        staging.close();

        assertThat(store.leftoverStagings()).isEmpty();
        assertThat(store.usage()).isEqualTo(new StoreUsage(0, 0, 0, 0));
        store.openStaging("1-1").close();
    }

    @Test
    void readsAtAnyOffset() throws IOException {
        Blob blob = publishAndClose("1-1", "0123456789");
        try (BlobReader reader = store.open(blob.digest())) {
            assertThat(reader.sizeBytes()).isEqualTo(10);
            assertThat(text(reader.view(3, 4))).isEqualTo("3456");
            assertThat(reader.view(10, 0).remaining()).isZero();
            assertThat(reader.view(0, 10).isReadOnly()).isTrue();
            assertThatThrownBy(() -> reader.view(8, 3)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void linksABlobToAThrowAwayFile() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");
        Path target = directory.resolve("view.sst");

        store.linkTo(blob.digest(), target);

        assertThat(target).hasContent("flights");
        Files.delete(target);
        assertThat(read(blob.digest())).isEqualTo("flights");
        assertThatThrownBy(() -> store.linkTo(UNKNOWN, target)).isInstanceOf(BlobMissingException.class);
    }

    @Test
    void checksWhatItHolds() throws IOException {
        Blob blob = publishAndClose("1-1", "flights");

        store.check(blob);
        Blob longer = new Blob(blob.mediaType(), blob.digest(), 8);
        assertThatThrownBy(() -> store.check(longer))
                .isInstanceOf(BlobDamagedException.class)
                .hasMessageContaining("7 bytes long, not 8");
        assertThatThrownBy(() -> store.check(new Blob("x", UNKNOWN, 1))).isInstanceOf(BlobMissingException.class);
    }

    @Test
    void keepsManifestsByName() throws IOException {
        ManifestName name = new ManifestName("job-1", 42);
        store.writeManifest(name, new byte[] {1, 2});
        store.writeManifest(new ManifestName("job-2", 42), new byte[] {3});

        assertThat(store.readManifest(name))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2));
        assertThat(store.readManifest(new ManifestName("job-1", 43))).isEmpty();
        assertThat(store.readManifest(new ManifestName("job-3", 42))).isEmpty();
        assertThat(store.manifests()).containsExactlyInAnyOrder(name, new ManifestName("job-2", 42));
        assertThat(store.usage().manifestBytes()).isEqualTo(3);
    }

    @Test
    void replacesNoManifest() throws IOException {
        ManifestName name = new ManifestName("job-1", 42);
        store.writeManifest(name, new byte[] {1});

        assertThatThrownBy(() -> store.writeManifest(name, new byte[] {2}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(store.readManifest(name))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1));
        assertThat(store.usage().manifestBytes()).isEqualTo(1);
    }

    @Test
    void deletesManifests() throws IOException {
        ManifestName name = new ManifestName("job-1", 42);
        store.writeManifest(name, new byte[] {1});

        assertThat(store.deleteManifest(name)).isTrue();
        assertThat(store.deleteManifest(name)).isFalse();
        assertThat(store.manifests()).isEmpty();
    }
}
