package io.strandline.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.strandline.storage.Blob;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.Staging;
import io.strandline.storage.StoreUsage;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A store in which garbage collection is counted. */
public final class MeteredStore implements SnapshotStore {

    private final SnapshotStore store;
    private final Counter condemned;
    private final Counter released;
    private final Counter deleted;
    private final Counter freed;

    public MeteredStore(SnapshotStore store, MeterRegistry registry) {
        this.store = store;
        this.condemned = counter(registry, "condemned", "Files that garbage collection put into quarantine");
        this.released = counter(registry, "released", "Files that came back from quarantine");
        this.deleted = counter(registry, "deleted", "Files that garbage collection deleted");
        this.freed = Counter.builder("strandline.gc.freed")
                .description("Bytes that garbage collection freed")
                .baseUnit("bytes")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("strandline.gc." + name).description(description).register(registry);
    }

    @Override
    public boolean quarantine(Digest digest, Predicate<Digest> stillNamed) throws IOException {
        boolean moved = store.quarantine(digest, stillNamed);
        if (moved) {
            condemned.increment();
        }
        return moved;
    }

    @Override
    public boolean release(Digest digest) throws IOException {
        boolean back = store.release(digest);
        if (back) {
            released.increment();
        }
        return back;
    }

    @Override
    public long deleteQuarantined(Digest digest) throws IOException {
        long bytes = store.deleteQuarantined(digest);
        if (bytes > 0) {
            deleted.increment();
            freed.increment(bytes);
        }
        return bytes;
    }

    @Override
    public boolean durable() {
        return store.durable();
    }

    @Override
    public Staging openStaging(String name) throws IOException {
        return store.openStaging(name);
    }

    @Override
    public List<String> leftoverStagings() throws IOException {
        return store.leftoverStagings();
    }

    @Override
    public boolean sweepStaging(String name, Predicate<Digest> stillNamed) throws IOException {
        return store.sweepStaging(name, stillNamed);
    }

    @Override
    public BlobReader open(Digest digest) throws IOException {
        return store.open(digest);
    }

    @Override
    public Optional<Long> sizeOf(Digest digest) throws IOException {
        return store.sizeOf(digest);
    }

    @Override
    public Digest hash(Digest digest) throws IOException {
        return store.hash(digest);
    }

    @Override
    public void check(Blob blob) throws IOException {
        store.check(blob);
    }

    @Override
    public void linkTo(Digest digest, Path target) throws IOException {
        store.linkTo(digest, target);
    }

    @Override
    public Pin pin(Collection<Digest> digests) throws IOException {
        return store.pin(digests);
    }

    @Override
    public List<StoredBlob> blobs() throws IOException {
        return store.blobs();
    }

    @Override
    public List<StoredBlob> quarantined() throws IOException {
        return store.quarantined();
    }

    @Override
    public void writeManifest(ManifestName name, byte[] content) throws IOException {
        store.writeManifest(name, content);
    }

    @Override
    public Optional<byte[]> readManifest(ManifestName name) throws IOException {
        return store.readManifest(name);
    }

    @Override
    public boolean deleteManifest(ManifestName name) throws IOException {
        return store.deleteManifest(name);
    }

    @Override
    public List<ManifestName> manifests() throws IOException {
        return store.manifests();
    }

    @Override
    public StoreUsage usage() throws IOException {
        return store.usage();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
