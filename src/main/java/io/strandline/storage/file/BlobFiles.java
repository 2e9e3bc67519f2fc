package io.strandline.storage.file;

import io.strandline.storage.Blob;
import io.strandline.storage.BlobDamagedException;
import io.strandline.storage.BlobMissingException;
import io.strandline.storage.Digest;
import io.strandline.storage.DigestGuards;
import io.strandline.storage.StoredBlob;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.FileStamp;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The directory of live blobs, {@code blobs/sha256}: linking in, finding, checking, taking out. */
final class BlobFiles {

    private final Disk disk;
    private final Path directory;
    private final DigestGuards guards;
    private final ConcurrentHashMap<Digest, FileStamp> trusted = new ConcurrentHashMap<>();

    BlobFiles(Disk disk, Path directory, DigestGuards guards) {
        this.disk = disk;
        this.directory = directory;
        this.guards = guards;
    }

    DigestGuards guards() {
        return guards;
    }

    Path path(Digest digest) {
        return directory.resolve(digest.hex());
    }

    boolean isLive(Digest digest) throws IOException {
        return disk.stat(path(digest)).isPresent();
    }

    Optional<Long> sizeOf(Digest digest) throws IOException {
        return disk.stat(path(digest)).map(FileStamp::sizeBytes);
    }

    List<StoredBlob> list() throws IOException {
        List<StoredBlob> found = new ArrayList<>();
        for (Path file : disk.list(directory)) {
            Digest digest = digestOf(file);
            disk.stat(file)
                    .ifPresent(stamp -> found.add(new StoredBlob(
                            digest, stamp.sizeBytes(), stamp.modified().toInstant())));
        }
        return found;
    }

    /**
     * Makes a durable, hashed file live and pins it. What is live already under its digest is taken instead, if it is whole;
     * if not, the true bytes are at hand and replace it.
     *
     * @return whether it was not live before
     */
    boolean linkAndPin(Path staged, Blob blob) throws IOException {
        Digest digest = blob.digest();
        Path live = path(digest);
        try (DigestGuards.Guard guard = guards.enter(digest)) {
            boolean fresh = !isLive(digest);
            if (fresh) {
                disk.link(staged, live);
                trust(digest);
            } else if (!isWhole(blob)) {
                disk.rename(staged, live);
                trust(digest);
            }
            guard.pin();
            return fresh;
        }
    }

    private void trust(Digest digest) throws IOException {
        trusted.put(digest, stamp(digest));
    }

    private boolean isWhole(Blob blob) throws IOException {
        try {
            check(blob);
            return true;
        } catch (BlobDamagedException e) {
            return false;
        }
    }

    /** Takes back links whose directory could not be fsynced, except blobs that somebody else pins by now. */
    void undo(Collection<Digest> linked) throws IOException {
        for (Digest digest : linked) {
            takeOut(digest, any -> false, disk::unlink);
        }
    }

    void fsync() throws IOException {
        disk.fsyncDirectory(directory);
    }

    /** Runs {@code step} on the live file if nobody pins or names it; the caller fsyncs. */
    Fate takeOut(Digest digest, Predicate<Digest> stillNamed, Removal step) throws IOException {
        try (DigestGuards.Guard guard = guards.enter(digest)) {
            if (guard.pinned()) {
                return Fate.PINNED;
            }
            if (!isLive(digest)) {
                return Fate.ABSENT;
            }
            if (stillNamed.test(digest)) {
                return Fate.NAMED;
            }
            trusted.remove(digest);
            step.remove(path(digest));
            return Fate.TAKEN_OUT;
        }
    }

    void check(Blob blob) throws IOException {
        FileStamp stamp = stamp(blob.digest());
        if (stamp.sizeBytes() != blob.sizeBytes()) {
            throw new BlobDamagedException(
                    blob.digest(), "it is %d bytes long, not %d".formatted(stamp.sizeBytes(), blob.sizeBytes()));
        }
        if (!stamp.equals(trusted.get(blob.digest()))) {
            Digest found = hash(blob.digest());
            if (!found.equals(blob.digest())) {
                throw new BlobDamagedException(blob.digest(), "its bytes hash to " + found);
            }
        }
    }

    /** Hashes the file; remembers it when it is what its name says and did not change meanwhile. */
    Digest hash(Digest digest) throws IOException {
        FileStamp before = stamp(digest);
        Digest found;
        try (FileChannel file = open(digest)) {
            found = FileHashing.hash(file);
        }
        trusted.remove(digest);
        if (found.equals(digest) && stamp(digest).equals(before)) {
            trusted.put(digest, before);
        }
        return found;
    }

    FileChannel open(Digest digest) throws IOException {
        try {
            return disk.read(path(digest));
        } catch (NoSuchFileException e) {
            throw missing(digest, e);
        }
    }

    void linkTo(Digest digest, Path target) throws IOException {
        if (!isLive(digest)) {
            throw new BlobMissingException(digest);
        }
        try {
            disk.link(path(digest), target);
        } catch (FileSystemException | UnsupportedOperationException e) {
            if (Files.exists(target)) {
                throw e;
            }
            Files.copy(path(digest), target);
        }
    }

    private FileStamp stamp(Digest digest) throws IOException {
        return disk.stat(path(digest)).orElseThrow(() -> new BlobMissingException(digest));
    }

    private static BlobMissingException missing(Digest digest, IOException cause) {
        BlobMissingException missing = new BlobMissingException(digest);
        missing.initCause(cause);
        return missing;
    }

    private static Digest digestOf(Path file) throws IOException {
        try {
            return new Digest(String.valueOf(file.getFileName()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not belong into the store", e);
        }
    }

    /** What came of taking a blob out. */
    enum Fate {
        TAKEN_OUT,
        PINNED,
        NAMED,
        ABSENT
    }

    /** Takes a blob's name away. */
    @FunctionalInterface
    interface Removal {
        void remove(Path live) throws IOException;
    }
}
