package io.strandline.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A store that reads what another has and writes beside it, as the upper layer of an overlay file system does: the lower store is
 * never changed, only pinned while it is read. Closing it closes the upper one.
 */
public final class OverlayStore implements SnapshotStore {

    private final SnapshotStore lower;
    private final SnapshotStore upper;

    /**
     * @param lower read only
     * @param upper takes all that is written
     */
    public OverlayStore(SnapshotStore lower, SnapshotStore upper) {
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    public boolean durable() {
        return upper.durable();
    }

    @Override
    public Staging openStaging(String name) throws IOException {
        return upper.openStaging(name);
    }

    @Override
    public List<String> leftoverStagings() throws IOException {
        return upper.leftoverStagings();
    }

    @Override
    public boolean sweepStaging(String name, Predicate<Digest> stillNamed) throws IOException {
        return upper.sweepStaging(name, stillNamed);
    }

    @Override
    public BlobReader open(Digest digest) throws IOException {
        return holder(digest).open(digest);
    }

    @Override
    public Optional<Long> sizeOf(Digest digest) throws IOException {
        return holder(digest).sizeOf(digest);
    }

    @Override
    public Digest hash(Digest digest) throws IOException {
        return holder(digest).hash(digest);
    }

    @Override
    public void check(Blob blob) throws IOException {
        holder(blob.digest()).check(blob);
    }

    @Override
    public void linkTo(Digest digest, Path target) throws IOException {
        holder(digest).linkTo(digest, target);
    }

    @Override
    public Pin pin(Collection<Digest> digests) throws IOException {
        List<Digest> above = new ArrayList<>();
        List<Digest> below = new ArrayList<>();
        for (Digest digest : digests) {
            (holder(digest) == upper ? above : below).add(digest);
        }
        Pin upperPin = upper.pin(above);
        boolean complete = false;
        try {
            Pin lowerPin = lower.pin(below);
            complete = true;
            return () -> {
                upperPin.close();
                lowerPin.close();
            };
        } finally {
            if (!complete) {
                upperPin.close();
            }
        }
    }

    @Override
    public List<StoredBlob> blobs() throws IOException {
        return upper.blobs();
    }

    @Override
    public Set<Digest> quarantine(Collection<Digest> digests, Predicate<Digest> stillNamed) throws IOException {
        return upper.quarantine(digests, stillNamed);
    }

    @Override
    public List<StoredBlob> quarantined() throws IOException {
        return upper.quarantined();
    }

    @Override
    public boolean release(Digest digest) throws IOException {
        return upper.release(digest);
    }

    @Override
    public long deleteQuarantined(Collection<Digest> digests) throws IOException {
        return upper.deleteQuarantined(digests);
    }

    @Override
    public void writeManifest(ManifestName name, byte[] content) throws IOException {
        upper.writeManifest(name, content);
    }

    @Override
    public Optional<byte[]> readManifest(ManifestName name) throws IOException {
        Optional<byte[]> above = upper.readManifest(name);
        return above.isPresent() ? above : lower.readManifest(name);
    }

    @Override
    public int deleteManifests(Collection<ManifestName> names) throws IOException {
        return upper.deleteManifests(names);
    }

    @Override
    public List<ManifestName> manifests() throws IOException {
        return upper.manifests();
    }

    @Override
    public long freeBytes() throws IOException {
        return upper.freeBytes();
    }

    @Override
    public StoreUsage usage() throws IOException {
        return upper.usage();
    }

    @Override
    public void close() throws IOException {
        upper.close();
    }

    private SnapshotStore holder(Digest digest) throws IOException {
        return upper.sizeOf(digest).isPresent() ? upper : lower;
    }
}
