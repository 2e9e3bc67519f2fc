package io.strandline.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMetersTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SnapshotStore store = new MemorySnapshotStore(1 << 20, Clock.systemUTC());

    @Test
    void showsTheStoresSizeAtMostAMinuteOld() throws IOException {
        Deque<Runnable> background = new ArrayDeque<>();
        AtomicLong nanos = new AtomicLong();
        StoreGauges gauges = new StoreGauges(store, registry, background::add, nanos::get);
        assertThat(gauges).isNotNull();

        assertThat(size("blobs")).isZero();
        write("12345");
        store.writeManifest(new ManifestName("job", 1), new byte[] {1, 2, 3});
        assertThat(size("blobs")).isZero();
        assertThat(background).hasSize(1);
        background.remove().run();

        assertThat(size("blobs")).isEqualTo(5);
        assertThat(size("manifests")).isEqualTo(3);
        assertThat(size("quarantine")).isZero();
        assertThat(background).isEmpty();

        nanos.addAndGet(61_000_000_000L);
        assertThat(size("blobs")).isEqualTo(5);
        assertThat(background).hasSize(1);
    }

    @Test
    void theDataDirectoryIsDegradedWhenItIsNearlyFullAndDownWhenItIsGone(@TempDir Path directory) {
        assertThat(new DataDirectoryHealth(directory, 1).health().getStatus().getCode())
                .isEqualTo("UP");
        assertThat(new DataDirectoryHealth(directory, Long.MAX_VALUE)
                        .health()
                        .getStatus()
                        .getCode())
                .isEqualTo("DEGRADED");
        assertThat(new DataDirectoryHealth(directory.resolve("gone"), 1).health())
                .satisfies(health -> assertThat(health.getStatus().getCode()).isEqualTo("DOWN"))
                .satisfies(health -> assertThat(health.getDetails()).containsKey("reason"));
    }

    private Digest write(String content) throws IOException {
        try (Staging staging = store.openStaging("1-" + content.hashCode() % 1000)) {
            StagedBlob blob;
            try (StagedFile file = staging.create("file")) {
                file.channel().write(ByteBuffer.wrap(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                blob = file.seal("application/octet-stream");
            }
            staging.publish(List.of(blob));
            staging.committed();
            return blob.blob().digest();
        }
    }

    private double size(String part) {
        return registry.get("strandline.store.size").tag("part", part).gauge().value();
    }
}
