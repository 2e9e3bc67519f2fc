package io.strandline.storage.file;

import io.strandline.storage.Digest;
import io.strandline.storage.disk.Disk;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The directory {@code staging/}: areas in use, and those left over, which it sweeps. */
final class StagingAreas {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int LINE_CHARS = 64;

    private final Disk disk;
    private final Path directory;
    private final BlobFiles blobs;
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();

    StagingAreas(Disk disk, Path directory, BlobFiles blobs) {
        this.disk = disk;
        this.directory = directory;
        this.blobs = blobs;
    }

    FileStaging open(String name) throws IOException {
        Path area = area(name);
        take(name);
        boolean opened = false;
        try {
            FileStaging staging = FileStaging.open(disk, area, directory, blobs, () -> inUse.remove(name));
            opened = true;
            return staging;
        } finally {
            if (!opened) {
                inUse.remove(name);
            }
        }
    }

    List<String> leftovers() throws IOException {
        return disk.list(directory).stream()
                .map(area -> String.valueOf(area.getFileName()))
                .filter(name -> !inUse.contains(name))
                .toList();
    }

    boolean sweep(String name, Predicate<Digest> stillNamed) throws IOException {
        Path area = area(name);
        take(name);
        try {
            if (!deletePublished(area, stillNamed)) {
                return false;
            }
            deleteArea(area);
            return true;
        } finally {
            inUse.remove(name);
        }
    }

    private boolean deletePublished(Path area, Predicate<Digest> stillNamed) throws IOException {
        boolean deleted = false;
        boolean complete = true;
        for (Digest digest : listed(area)) {
            BlobFiles.Fate fate = blobs.takeOut(digest, stillNamed, disk::unlink);
            deleted |= fate == BlobFiles.Fate.TAKEN_OUT;
            complete &= fate != BlobFiles.Fate.PINNED;
        }
        if (deleted) {
            blobs.fsync();
        }
        return complete;
    }

    private void deleteArea(Path area) throws IOException {
        for (Path file : disk.list(area)) {
            disk.unlink(file);
        }
        disk.unlink(area);
        disk.fsyncDirectory(directory);
    }

    private Set<Digest> listed(Path area) throws IOException {
        Set<Digest> digests = new LinkedHashSet<>();
        for (Path file : disk.list(area)) {
            if (String.valueOf(file.getFileName()).startsWith(FileStaging.LIST_PREFIX)) {
                readList(file, digests);
            }
        }
        return digests;
    }

    /** Reads a list up to the first line that was not written to its end: nothing of such a list was linked. */
    private void readList(Path file, Set<Digest> into) throws IOException {
        String text;
        try (var channel = disk.read(file)) {
            text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
        }
        for (int at = 0; at + LINE_CHARS < text.length(); at += LINE_CHARS + 1) {
            String hex = text.substring(at, at + LINE_CHARS);
            if (!Digest.isHex(hex) || text.charAt(at + LINE_CHARS) != '\n') {
                break;
            }
            into.add(new Digest(hex));
        }
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (Path area : disk.list(directory)) {
            bytes += DirectorySize.of(disk, area);
        }
        return bytes;
    }

    private void take(String name) throws IOException {
        if (!inUse.add(name)) {
            throw new FileAlreadyExistsException(area(name).toString(), null, "the staging area is in use");
        }
    }

    private Path area(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a staging area's name: " + name);
        }
        return directory.resolve(name);
    }
}
