package io.strandline.transfer;

import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.snapshot.MalformedManifestException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.Manifests;
import io.strandline.storage.Blob;
import io.strandline.storage.BlobDamagedException;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Versions as archives. */
@Component
public final class Exports {

    private final NamedJobs jobs;
    private final Revisions revisions;
    private final StoredVersions stored;
    private final SnapshotStores stores;
    private final DamageFlags damage;
    private final Lanes lanes;
    private final ArchiveLayout layout = new ArchiveLayout();

    Exports(
            NamedJobs jobs,
            Revisions revisions,
            StoredVersions stored,
            SnapshotStores stores,
            DamageFlags damage,
            Lanes lanes) {
        this.jobs = jobs;
        this.revisions = revisions;
        this.stored = stored;
        this.stores = stores;
        this.damage = damage;
        this.lanes = lanes;
    }

    /** The version an expression means. */
    public Snapshot find(String jobName, Revision revision, String branch) {
        Job job = jobs.named(jobName);
        return revisions.usable(job, revision, branch);
    }

    /**
     * A version's archive. Its files are looked for now and kept from being collected while it is read.
     *
     * @throws io.strandline.problem.StrandlineException {@code damaged} when a file is missing or of another length, {@code
     *     too-many-requests} as soon as the archive is opened, and what reading the manifest throws
     */
    public Export of(String jobName, Snapshot version) {
        byte[] bytes = damage.watching(version, () -> stored.bytes(version));
        Manifest manifest = damage.watching(version, () -> stored.manifest(version));
        SnapshotStore store = stores.of(version.durable());
        requireFiles(version, manifest, store);
        List<ArchivePart> parts = layout.parts(manifest, bytes, config(bytes), version.signature());
        List<Digest> digests =
                manifest.content().blobs().stream().map(Blob::digest).toList();
        String signed = version.signature() == null ? "" : "-signed";
        return new Export(
                jobName + "-" + version.number() + ".tar",
                '"' + Digest.parse(version.manifestDigest()).hex() + signed + '"',
                ArchiveStream.length(parts),
                () -> open(version, () -> new ArchiveStream(store, parts, manifest.completedAt(), store.pin(digests))));
    }

    private InputStream open(Snapshot version, Opening opening) throws IOException {
        Lanes.Lane lane = lanes.enter();
        boolean opened = false;
        try {
            InputStream archive = opening.open();
            opened = true;
            return new Outgoing(archive, lane, version);
        } finally {
            if (!opened) {
                lane.close();
            }
        }
    }

    private void requireFiles(Snapshot version, Manifest manifest, SnapshotStore store) {
        for (Blob blob : manifest.content().blobs()) {
            Optional<Long> size = sizeOf(store, blob);
            if (size.isEmpty() || size.get() != blob.sizeBytes()) {
                String found = size.map(bytes -> "is %d bytes long, not %d".formatted(bytes, blob.sizeBytes()))
                        .orElse("is not there");
                String detail = "file " + blob.digest() + " " + found;
                damage.found(version, detail, List.of(blob.digest().toString()));
                throw Problem.of(ErrorCode.DAMAGED, "Version " + version.number() + ": " + detail + ".")
                        .withError(blob.digest().toString(), detail)
                        .asException();
            }
        }
    }

    private static Optional<Long> sizeOf(SnapshotStore store, Blob blob) {
        try {
            return store.sizeOf(blob.digest());
        } catch (IOException e) {
            throw Problem.of(ErrorCode.STORAGE_UNAVAILABLE, "A file cannot be looked at: " + e.getMessage())
                    .asException(e);
        }
    }

    private static byte[] config(byte[] manifest) {
        try {
            return Manifests.config(manifest);
        } catch (MalformedManifestException e) {
            throw Problem.of(ErrorCode.DAMAGED, "The manifest cannot be read: " + e.getMessage() + ".")
                    .asException(e);
        }
    }

    /** Opens an archive, its files pinned. */
    @FunctionalInterface
    private interface Opening {
        InputStream open() throws IOException;
    }

    /** An archive on its way: flags the version when a file turns out damaged, and gives its lane back once it is closed. */
    private final class Outgoing extends FilterInputStream {

        private final Lanes.Lane lane;
        private final Snapshot version;

        Outgoing(InputStream archive, Lanes.Lane lane, Snapshot version) {
            super(archive);
            this.lane = lane;
            this.version = version;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (BlobDamagedException e) {
                damage.found(
                        version,
                        String.valueOf(e.getMessage()),
                        List.of(e.digest().toString()));
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                lane.close();
            }
        }
    }
}
