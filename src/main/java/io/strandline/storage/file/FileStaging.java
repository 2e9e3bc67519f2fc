package io.strandline.storage.file;

import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import io.strandline.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One directory under {@code staging/}: its files, and for each {@link #publish} a {@code digests-<n>} with a line for
 * every blob that was about to be linked. A digest is on a durable list before its blob gets its name.
 */
final class FileStaging implements Staging {

    static final String LIST_PREFIX = "digests-";
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    private final Disk disk;
    private final Path directory;
    private final BlobFiles blobs;
    private final Runnable whenClosed;
    private final Map<String, FileStagedFile> files = new ConcurrentHashMap<>();
    private final Set<Digest> published = new LinkedHashSet<>();
    private final List<Path> lists = new ArrayList<>();
    /** Whether a call failed after which a link may or may not be there. */
    private boolean uncertain;

    private boolean committed;
    private boolean closed;

    private FileStaging(Disk disk, Path directory, BlobFiles blobs, Runnable whenClosed) {
        this.disk = disk;
        this.directory = directory;
        this.blobs = blobs;
        this.whenClosed = whenClosed;
    }

    static FileStaging open(Disk disk, Path directory, Path parent, BlobFiles blobs, Runnable whenClosed)
            throws IOException {
        disk.createDirectory(directory);
        disk.fsyncDirectory(parent);
        return new FileStaging(disk, directory, blobs, whenClosed);
    }

    @Override
    public StagedFile create(String name) throws IOException {
        if (!FILE_NAME.matcher(name).matches() || name.startsWith(LIST_PREFIX)) {
            throw new IllegalArgumentException("not a staged file's name: " + name);
        }
        FileStagedFile file = new FileStagedFile(disk, name, directory.resolve(name));
        if (files.putIfAbsent(name, file) != null) {
            throw new FileAlreadyExistsException(directory.resolve(name).toString());
        }
        return file;
    }

    @Override
    public synchronized void publish(Collection<StagedBlob> sealed) throws IOException {
        if (closed) {
            throw new IllegalStateException("staging area " + directory.getFileName() + " is closed");
        }
        Map<Digest, StagedBlob> fresh = new LinkedHashMap<>();
        for (StagedBlob staged : sealed) {
            requireSealed(staged);
            if (!published.contains(staged.blob().digest())) {
                fresh.put(staged.blob().digest(), staged);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        writeList(fresh.keySet());
        link(fresh.values());
        for (StagedBlob staged : fresh.values()) {
            deleteIfPresent(directory.resolve(staged.file()));
        }
    }

    private void writeList(Collection<Digest> digests) throws IOException {
        StringBuilder lines = new StringBuilder();
        digests.forEach(digest -> lines.append(digest.hex()).append('\n'));
        Path file = directory.resolve(LIST_PREFIX + lists.size());
        lists.add(file);
        try (Disk.OutputFile list = disk.create(file)) {
            list.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII)));
            list.fsync();
        }
        disk.fsyncDirectory(directory);
    }

    /** Links all or, when the directory cannot be fsynced, none: a second fsync of the same entries could lie. */
    private void link(Collection<StagedBlob> fresh) throws IOException {
        List<Digest> pinned = new ArrayList<>();
        List<Digest> linked = new ArrayList<>();
        boolean durable = false;
        try {
            for (StagedBlob staged : fresh) {
                Digest digest = staged.blob().digest();
                boolean isNew = blobs.linkAndPin(directory.resolve(staged.file()), staged.blob());
                pinned.add(digest);
                if (isNew) {
                    linked.add(digest);
                }
            }
            blobs.fsync();
            published.addAll(pinned);
            durable = true;
        } finally {
            if (!durable) {
                uncertain = true;
                pinned.forEach(blobs.guards()::unpin);
                blobs.undo(linked);
            }
        }
    }

    @Override
    public synchronized void committed() {
        committed = true;
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (FileStagedFile file : files.values()) {
                file.close();
                deleteIfPresent(file.file());
            }
            if (!uncertain && (committed || published.isEmpty())) {
                for (Path list : lists) {
                    deleteIfPresent(list);
                }
                disk.unlink(directory);
            }
        } finally {
            published.forEach(blobs.guards()::unpin);
            whenClosed.run();
        }
    }

    private void deleteIfPresent(Path file) throws IOException {
        if (disk.stat(file).isPresent()) {
            disk.unlink(file);
        }
    }

    private void requireSealed(StagedBlob staged) {
        FileStagedFile file = files.get(staged.file());
        if (file == null || !file.sealed()) {
            throw new IllegalArgumentException(
                    staged.file() + " is not a sealed file of staging area " + directory.getFileName());
        }
    }
}
