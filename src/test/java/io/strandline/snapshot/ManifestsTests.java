package io.strandline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ManifestsTests {

    private final SnapshotStore store = new MemorySnapshotStore(1 << 20, Clock.systemUTC());
    private final Manifests manifests = new Manifests(store);
    private final Manifest manifest = ManifestFormatTests.example();
    private final ManifestName name = Manifests.nameOf(manifest);

    @Test
    void readsWhatWasCommitted() throws IOException {
        Digest digest = manifests.write(manifest);

        assertThat(manifests.read(name, digest)).isEqualTo(manifest);
        assertThat(Digest.ofBytes(manifests.bytes(name, digest))).isEqualTo(digest);
        assertThat(manifests.readUnchecked(name)).isEqualTo(new Manifests.StoredManifest(name, digest, manifest));
        assertThat(manifests.list()).containsExactly(name);
    }

    @Test
    void refusesBytesThatWereNotCommitted() throws IOException {
        manifests.write(manifest);
        Digest other = new Digest("0".repeat(64));

        assertThatThrownBy(() -> manifests.read(name, other))
                .isInstanceOf(ManifestDamagedException.class)
                .hasMessageContaining(name.toString())
                .hasMessageContaining("not " + other);
    }

    @Test
    void refusesAManifestThatLiesInAnothersPlace() throws IOException {
        ManifestName elsewhere = new ManifestName(name.folder(), 43);
        store.writeManifest(elsewhere, new ManifestWriter().write(manifest));

        assertThatThrownBy(() -> manifests.readUnchecked(elsewhere))
                .isInstanceOf(ManifestDamagedException.class)
                .hasMessageContaining("it is the manifest of " + name);
    }

    @Test
    void saysWhichManifestIsMissing() {
        assertThatThrownBy(() -> manifests.readUnchecked(name))
                .isInstanceOf(ManifestMissingException.class)
                .hasMessageContaining(name.toString());
    }

    @Test
    void addsUpEachFileOnce() {
        assertThat(manifest.content().blobs()).hasSize(2);
        assertThat(manifest.content().totalBytes()).isEqualTo(4608);
    }
}
