package io.strandline.storage.file;

import io.strandline.storage.ManifestName;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The manifests, as {@code manifests/<folder>/<number>.json}, each written once. */
final class ManifestFiles {

    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".tmp";

    private final Disk disk;
    private final Path directory;
    private final Set<String> durableFolders = ConcurrentHashMap.newKeySet();

    ManifestFiles(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Deletes what writers that died left unfinished. */
    void sweepUnfinished() throws IOException {
        for (Path folder : folders()) {
            for (Path file : disk.list(folder)) {
                if (file.toString().endsWith(UNFINISHED)) {
                    disk.unlink(file);
                }
            }
        }
    }

    void write(ManifestName name, byte[] content) throws IOException {
        Path folder = makeFolder(name.folder());
        Path target = file(name);
        if (disk.stat(target).isPresent()) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path unfinished = folder.resolve(name.number() + SUFFIX + UNFINISHED);
        Disk.OutputFile output = disk.create(unfinished);
        try {
            try (output) {
                output.write(ByteBuffer.wrap(content));
                output.fsync();
            }
            publish(unfinished, target, folder);
        } finally {
            disk.unlink(unfinished);
        }
    }

    private void publish(Path unfinished, Path target, Path folder) throws IOException {
        disk.link(unfinished, target); // a rename would replace a manifest that is there
        boolean durable = false;
        try {
            disk.fsyncDirectory(folder);
            durable = true;
        } finally {
            if (!durable) {
                disk.unlink(target);
            }
        }
    }

    Optional<byte[]> read(ManifestName name) throws IOException {
        try (var channel = disk.read(file(name))) {
            return Optional.of(Channels.newInputStream(channel).readAllBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    int delete(Collection<ManifestName> names) throws IOException {
        Set<Path> changed = new LinkedHashSet<>();
        int deleted = 0;
        for (ManifestName name : names) {
            Path file = file(name);
            if (disk.stat(file).isPresent()) {
                disk.unlink(file);
                changed.add(directory.resolve(name.folder()));
                deleted++;
            }
        }
        for (Path folder : changed) {
            disk.fsyncDirectory(folder);
        }
        return deleted;
    }

    List<ManifestName> list() throws IOException {
        List<ManifestName> names = new ArrayList<>();
        for (Path folder : folders()) {
            for (Path file : disk.list(folder)) {
                if (file.toString().endsWith(SUFFIX)) {
                    names.add(nameOf(folder, file));
                }
            }
        }
        return names;
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (Path folder : folders()) {
            bytes += DirectorySize.of(disk, folder);
        }
        return bytes;
    }

    private Path makeFolder(String name) throws IOException {
        Path folder = directory.resolve(name);
        if (!durableFolders.contains(name)) {
            disk.makeDirectory(folder);
            durableFolders.add(name);
        }
        return folder;
    }

    private List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path folder : disk.list(directory)) {
            if (disk.stat(folder).map(FileStamp::directory).orElse(false)) {
                folders.add(folder);
            }
        }
        return folders;
    }

    private Path file(ManifestName name) {
        return directory.resolve(name.folder()).resolve(name.number() + SUFFIX);
    }

    private static ManifestName nameOf(Path folder, Path file) throws IOException {
        String text = String.valueOf(file.getFileName());
        try {
            return new ManifestName(
                    String.valueOf(folder.getFileName()),
                    Long.parseLong(text.substring(0, text.length() - SUFFIX.length())));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not have a manifest's name", e);
        }
    }
}
