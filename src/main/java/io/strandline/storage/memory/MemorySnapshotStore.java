package io.strandline.storage.memory;

import io.strandline.storage.Blob;
import io.strandline.storage.BlobDamagedException;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.Staging;
import io.strandline.storage.StoreUsage;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Keeps snapshots on the heap, up to a cap over everything it holds; beyond it, writes end in {@link
 * io.strandline.storage.StorageFullException}. Not durable.
 */
public final class MemorySnapshotStore implements SnapshotStore {

    private final MemoryBudget budget;
    private final MemoryBlobs blobs;
    private final Map<ManifestName, byte[]> manifests = new ConcurrentHashMap<>();
    /** Every staging area by name: with no digests while it is in use, with what it published once it is left over. */
    private final Map<String, Set<Digest>> areas = new ConcurrentHashMap<>();

    /**
     * An empty store.
     *
     * @param capBytes the most it holds: live and quarantined blobs, staged files and manifests together
     * @param clock dates what it holds
     */
    public MemorySnapshotStore(long capBytes, Clock clock) {
        this.budget = new MemoryBudget(capBytes);
        this.blobs = new MemoryBlobs(budget, clock);
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public Staging openStaging(String name) throws IOException {
        if (areas.putIfAbsent(name, Set.of()) != null) {
            throw new FileAlreadyExistsException(name);
        }
        return new MemoryStaging(name, blobs, areas);
    }

    @Override
    public List<String> leftoverStagings() {
        List<String> names = new ArrayList<>();
        areas.forEach((name, published) -> {
            if (!published.isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public boolean sweepStaging(String name, Predicate<Digest> stillNamed) throws IOException {
        Set<Digest> published = areas.get(name);
        if (published == null) {
            throw new NoSuchFileException(name);
        }
        if (published.isEmpty()) {
            throw new FileAlreadyExistsException(name, null, "the staging area is in use");
        }
        boolean complete = true;
        for (Digest digest : published) {
            complete &= blobs.delete(digest, stillNamed);
        }
        if (complete) {
            areas.remove(name);
        }
        return complete;
    }

    @Override
    public BlobReader open(Digest digest) throws IOException {
        Pin pin = pin(List.of(digest));
        return new MemoryBlobReader(blobs.get(digest), pin);
    }

    @Override
    public Optional<Long> sizeOf(Digest digest) {
        byte[] bytes = blobs.find(digest);
        return bytes == null ? Optional.empty() : Optional.of((long) bytes.length);
    }

    @Override
    public Digest hash(Digest digest) throws IOException {
        return Digest.ofBytes(blobs.get(digest));
    }

    @Override
    public void check(Blob blob) throws IOException {
        int size = blobs.get(blob.digest()).length;
        if (size != blob.sizeBytes()) {
            throw new BlobDamagedException(
                    blob.digest(), "it is %d bytes long, not %d".formatted(size, blob.sizeBytes()));
        }
    }

    @Override
    public void linkTo(Digest digest, Path target) throws IOException {
        Files.write(target, blobs.get(digest), StandardOpenOption.CREATE_NEW);
    }

    @Override
    public Pin pin(Collection<Digest> digests) throws IOException {
        return blobs.guards().pin(digests, digest -> blobs.find(digest) != null);
    }

    @Override
    public List<StoredBlob> blobs() {
        return blobs.live();
    }

    @Override
    public Set<Digest> quarantine(Collection<Digest> digests, Predicate<Digest> stillNamed) {
        return digests.stream()
                .filter(digest -> blobs.quarantine(digest, stillNamed))
                .collect(Collectors.toSet());
    }

    @Override
    public List<StoredBlob> quarantined() {
        return blobs.quarantined();
    }

    @Override
    public boolean release(Digest digest) {
        return blobs.release(digest);
    }

    @Override
    public long deleteQuarantined(Collection<Digest> digests) {
        return digests.stream().mapToLong(blobs::deleteQuarantined).sum();
    }

    @Override
    public void writeManifest(ManifestName name, byte[] content) throws IOException {
        budget.take(content.length);
        if (manifests.putIfAbsent(name, content.clone()) != null) {
            budget.give(content.length);
            throw new FileAlreadyExistsException(name.toString());
        }
    }

    @Override
    public Optional<byte[]> readManifest(ManifestName name) {
        return Optional.ofNullable(manifests.get(name)).map(byte[]::clone);
    }

    @Override
    public int deleteManifests(Collection<ManifestName> names) {
        int deleted = 0;
        for (ManifestName name : names) {
            byte[] content = manifests.remove(name);
            if (content != null) {
                budget.give(content.length);
                deleted++;
            }
        }
        return deleted;
    }

    @Override
    public List<ManifestName> manifests() {
        return List.copyOf(manifests.keySet());
    }

    @Override
    public long freeBytes() {
        return budget.free();
    }

    @Override
    public StoreUsage usage() {
        long live = blobs.live().stream().mapToLong(StoredBlob::sizeBytes).sum();
        long condemned =
                blobs.quarantined().stream().mapToLong(StoredBlob::sizeBytes).sum();
        long listed =
                manifests.values().stream().mapToLong(content -> content.length).sum();
        return new StoreUsage(live, condemned, Math.max(0, budget.used() - live - condemned - listed), listed);
    }

    /** Does nothing: the heap is freed with the store. */
    @Override
    public void close() {}
}
