package io.strandline.storage.file;

import io.strandline.storage.Digest;
import io.strandline.storage.DigestGuards;
import io.strandline.storage.StoredBlob;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Condemned blobs, as {@code quarantine/<hex>.<epoch milliseconds when they got there>}: out of sight, not yet gone. */
final class Quarantine {

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.([0-9]{1,18})");

    private final Disk disk;
    private final Path directory;
    private final BlobFiles blobs;
    private final Clock clock;

    Quarantine(Disk disk, Path directory, BlobFiles blobs, Clock clock) {
        this.disk = disk;
        this.directory = directory;
        this.blobs = blobs;
        this.clock = clock;
    }

    Set<Digest> add(Collection<Digest> digests, Predicate<Digest> stillNamed) throws IOException {
        Set<Digest> moved = new HashSet<>();
        for (Digest digest : digests) {
            Path target = directory.resolve(digest.hex() + "." + clock.millis());
            BlobFiles.Fate fate = blobs.takeOut(digest, stillNamed, live -> disk.rename(live, target));
            if (fate == BlobFiles.Fate.TAKEN_OUT) {
                moved.add(digest);
            }
        }
        if (!moved.isEmpty()) {
            disk.fsyncDirectory(directory);
            blobs.fsync();
        }
        return moved;
    }

    boolean release(Digest digest) throws IOException {
        boolean found = false;
        try (DigestGuards.Guard guard = blobs.guards().enter(digest)) {
            for (Path file : files(digest)) {
                found = true;
                if (blobs.isLive(digest)) {
                    disk.unlink(file);
                } else {
                    disk.rename(file, blobs.path(digest));
                }
            }
        }
        if (found) {
            blobs.fsync();
            disk.fsyncDirectory(directory);
        }
        return found;
    }

    long delete(Collection<Digest> digests) throws IOException {
        Map<String, List<Path>> files = disk.list(directory).stream().collect(Collectors.groupingBy(Quarantine::hex));
        long freed = 0;
        for (Digest digest : digests) {
            freed += unlink(digest, files.getOrDefault(digest.hex(), List.of()));
        }
        if (freed > 0) {
            disk.fsyncDirectory(directory);
        }
        return freed;
    }

    /** Under the guard, in case somebody brings one of them back. */
    private long unlink(Digest digest, List<Path> files) throws IOException {
        long freed = 0;
        try (DigestGuards.Guard guard = blobs.guards().enter(digest)) {
            for (Path file : files) {
                Optional<FileStamp> stamp = disk.stat(file);
                if (stamp.isPresent()) {
                    disk.unlink(file);
                    freed += stamp.get().sizeBytes();
                }
            }
        }
        return freed;
    }

    List<StoredBlob> list() throws IOException {
        List<StoredBlob> found = new ArrayList<>();
        for (Path file : disk.list(directory)) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            if (!name.matches()) {
                throw new IOException(file + " does not belong into the quarantine");
            }
            Instant since = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
            disk.stat(file)
                    .ifPresent(stamp -> found.add(new StoredBlob(new Digest(name.group(1)), stamp.sizeBytes(), since)));
        }
        return found;
    }

    private List<Path> files(Digest digest) throws IOException {
        return disk.list(directory).stream()
                .filter(file -> hex(file).equals(digest.hex()))
                .toList();
    }

    private static String hex(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }
}
