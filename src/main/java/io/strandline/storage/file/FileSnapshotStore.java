package io.strandline.storage.file;

import io.strandline.storage.Admission;
import io.strandline.storage.Blob;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import io.strandline.storage.DigestGuards;
import io.strandline.storage.ManifestName;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.Staging;
import io.strandline.storage.StoreUsage;
import io.strandline.storage.StoredBlob;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.LocalDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps snapshots in a directory: {@code blobs/sha256/<hex>} (flat, as an OCI image layout has it), {@code
 * manifests/<folder>/<number>.json}, {@code staging/<name>/} and {@code quarantine/}.
 *
 * <p>One process owns the directory; its owner holds the lock on it. Every file is fsynced before it gets the name by
 * which it is found, every directory before a call that changed it returns.
 */
public final class FileSnapshotStore implements SnapshotStore {

    private final Path root;
    private final BlobFiles blobs;
    private final ManifestFiles manifests;
    private final StagingAreas stagings;
    private final Quarantine quarantine;
    private final Admission admission;

    private FileSnapshotStore(Disk disk, Path root, Clock clock, Admission admission) {
        this.root = root;
        this.admission = admission;
        Path blobs = root.resolve("blobs").resolve("sha256");
        this.blobs = new BlobFiles(disk, blobs, new DigestGuards());
        this.manifests = new ManifestFiles(disk, root.resolve("manifests"));
        this.stagings = new StagingAreas(disk, root.resolve("staging"), this.blobs);
        this.quarantine = new Quarantine(disk, root.resolve("quarantine"), this.blobs, clock);
    }

    /**
     * Opens the store in {@code root}, which is made if need be (its parent must be there).
     *
     * @param clock dates what goes into quarantine
     */
    public static FileSnapshotStore open(Path root, Clock clock) throws IOException {
        return open(root, clock, new LocalDisk());
    }

    /**
     * The same on another disk.
     *
     * @param disk what every changing call goes through
     */
    public static FileSnapshotStore open(Path root, Clock clock, Disk disk) throws IOException {
        return open(root, clock, disk, Admission.always());
    }

    /**
     * The same, in which nobody begins to write unless there is room.
     *
     * @param admission is asked for every staging area
     */
    public static FileSnapshotStore open(Path root, Clock clock, Disk disk, Admission admission) throws IOException {
        for (String directory : List.of("", "blobs", "blobs/sha256", "manifests", "staging", "quarantine")) {
            disk.makeDirectory(root.toAbsolutePath().resolve(directory));
        }
        FileSnapshotStore store = new FileSnapshotStore(disk, root.toAbsolutePath(), clock, admission);
        store.manifests.sweepUnfinished();
        return store;
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public Staging openStaging(String name) throws IOException {
        admission.admit();
        return stagings.open(name);
    }

    @Override
    public List<String> leftoverStagings() throws IOException {
        return stagings.leftovers();
    }

    @Override
    public boolean sweepStaging(String name, Predicate<Digest> stillNamed) throws IOException {
        return stagings.sweep(name, stillNamed);
    }

    @Override
    public BlobReader open(Digest digest) throws IOException {
        Pin pin = pin(List.of(digest));
        FileChannel channel = null;
        boolean opened = false;
        try {
            channel = blobs.open(digest);
            BlobReader reader = new FileBlobReader(blobs.path(digest), channel, pin);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                pin.close();
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public Optional<Long> sizeOf(Digest digest) throws IOException {
        return blobs.sizeOf(digest);
    }

    @Override
    public Digest hash(Digest digest) throws IOException {
        return blobs.hash(digest);
    }

    @Override
    public void check(Blob blob) throws IOException {
        blobs.check(blob);
    }

    @Override
    public void linkTo(Digest digest, Path target) throws IOException {
        blobs.linkTo(digest, target);
    }

    @Override
    public Pin pin(Collection<Digest> digests) throws IOException {
        return blobs.guards().pin(digests, blobs::isLive);
    }

    @Override
    public List<StoredBlob> blobs() throws IOException {
        return blobs.list();
    }

    @Override
    public Set<Digest> quarantine(Collection<Digest> digests, Predicate<Digest> stillNamed) throws IOException {
        return quarantine.add(digests, stillNamed);
    }

    @Override
    public List<StoredBlob> quarantined() throws IOException {
        return quarantine.list();
    }

    @Override
    public boolean release(Digest digest) throws IOException {
        return quarantine.release(digest);
    }

    @Override
    public long deleteQuarantined(Collection<Digest> digests) throws IOException {
        return quarantine.delete(digests);
    }

    @Override
    public void writeManifest(ManifestName name, byte[] content) throws IOException {
        manifests.write(name, content);
    }

    @Override
    public Optional<byte[]> readManifest(ManifestName name) throws IOException {
        return manifests.read(name);
    }

    @Override
    public int deleteManifests(Collection<ManifestName> names) throws IOException {
        return manifests.delete(names);
    }

    @Override
    public List<ManifestName> manifests() throws IOException {
        return manifests.list();
    }

    @Override
    public long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    @Override
    public StoreUsage usage() throws IOException {
        long live = blobs.list().stream().mapToLong(StoredBlob::sizeBytes).sum();
        long condemned =
                quarantine.list().stream().mapToLong(StoredBlob::sizeBytes).sum();
        return new StoreUsage(live, condemned, stagings.bytes(), manifests.bytes());
    }

    /** Does nothing: nothing is open between disk. */
    @Override
    public void close() {}
}
