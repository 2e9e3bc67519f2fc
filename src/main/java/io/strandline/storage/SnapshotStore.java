package io.strandline.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where snapshot files live: blobs named by their SHA-256, and one small manifest file a version.
 *
 * <p>Nothing is rewritten: a blob is staged, hashed, then linked under its digest; identical bytes are stored once. What a
 * method has returned from is durable when {@link #durable()} says so (files and their directories are fsynced). A full
 * disk or quota is a {@link StorageFullException}. All methods are safe for concurrent use.
 */
public interface SnapshotStore extends Closeable {

    /** Whether what is stored here survives the process ({@code false} for the in-memory store). */
    boolean durable();

    /** Opens a fresh staging area for one writer. {@code name} begins with its owner (writers share the store) and must not exist yet. */
    Staging openStaging(String name) throws IOException;

    /** Names of staging areas that are on disk but not open: left by an earlier process, or closed without a commit. */
    List<String> leftoverStagings() throws IOException;

    /**
     * Deletes a leftover staging area and those of its published blobs that nobody pins or names.
     *
     * @param stillNamed whether a committed version names the digest; asked under the digest's guard
     * @return false when a pin kept a blob, so that the area stays and has to be swept again
     */
    boolean sweepStaging(String name, Predicate<Digest> stillNamed) throws IOException;

    /** Opens a live blob for reading at any offset; {@link BlobMissingException} when it is not here. */
    BlobReader open(Digest digest) throws IOException;

    /** Size of a live blob, empty when it is not here. */
    Optional<Long> sizeOf(Digest digest) throws IOException;

    /** Hashes a live blob from start to end and returns what it found; the caller compares. */
    Digest hash(Digest digest) throws IOException;

    /**
     * Hashes a live blob unless this process wrote or hashed that very file (inode, size, mtime) since it started, then
     * throws {@link BlobDamagedException} if it is not what its name says.
     */
    void check(Blob blob) throws IOException;

    /** Links (or, across file systems and from memory, copies) a live blob to {@code target}, a throw-away file. */
    void linkTo(Digest digest, Path target) throws IOException;

    /**
     * Keeps blobs from being condemned until the pin is closed.
     *
     * @throws BlobMissingException naming the first digest that is not live (condemned, quarantined or unknown)
     */
    Pin pin(Collection<Digest> digests) throws IOException;

    /** Every live blob: digest and size. */
    List<StoredBlob> blobs() throws IOException;

    /**
     * Moves a live blob that nobody pins or names into quarantine, at once invisible to readers and writers.
     *
     * @param stillNamed whether a version names the digest; asked under the digest's guard, so that a commit which ended
     *     before its pin was closed is always seen. It must not wait for anyone who may be pinning this digest
     * @return false when the blob is pinned, named or not live
     */
    default boolean quarantine(Digest digest, Predicate<Digest> stillNamed) throws IOException {
        return !quarantine(List.of(digest), stillNamed).isEmpty();
    }

    /** The same with many, each under its own guard, and what is fsynced is fsynced once; returns those that were moved. */
    Set<Digest> quarantine(Collection<Digest> digests, Predicate<Digest> stillNamed) throws IOException;

    /** Every quarantined blob with the time it got there. */
    List<StoredBlob> quarantined() throws IOException;

    /** Brings a quarantined blob back; false when it is not in quarantine. */
    boolean release(Digest digest) throws IOException;

    /** Unlinks a quarantined blob for good and returns the bytes freed (0 when it was not there). */
    default long deleteQuarantined(Digest digest) throws IOException {
        return deleteQuarantined(List.of(digest));
    }

    /** The same with many, and what is fsynced is fsynced once. */
    long deleteQuarantined(Collection<Digest> digests) throws IOException;

    /**
     * Writes a version's manifest: temporary file, fsync, its name, fsync of the directory.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one of that name; it is left as it is
     */
    void writeManifest(ManifestName name, byte[] content) throws IOException;

    /** Reads a manifest's bytes, empty when there is none. */
    Optional<byte[]> readManifest(ManifestName name) throws IOException;

    /** Unlinks a manifest and fsyncs its directory; false when there was none. */
    default boolean deleteManifest(ManifestName name) throws IOException {
        return deleteManifests(List.of(name)) == 1;
    }

    /** The same with many, and each directory is fsynced once; returns how many there were. */
    int deleteManifests(Collection<ManifestName> names) throws IOException;

    /** Names of all manifests on disk. Any read error is thrown, never skipped. */
    List<ManifestName> manifests() throws IOException;

    /** Bytes that may still be written here. */
    long freeBytes() throws IOException;

    /** Bytes in live blobs, quarantine, staging and manifests; walks all of them. */
    StoreUsage usage() throws IOException;
}
