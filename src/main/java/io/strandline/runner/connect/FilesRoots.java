package io.strandline.runner.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * The directories that file connectors may touch. A pipeline names a file relative to them, never a host path; symbolic
 * links that lead out are refused.
 *
 * @param roots allow-listed directories; sources look through all in order, sinks write under the first
 * @param bundled where bundled data ({@code demo:<name>}) is unpacked to when it is first read
 */
public record FilesRoots(List<Path> roots, Path bundled) {

    private static final String DEMO = "demo:";
    private static final String MISSING =
            "no such file under the files roots (strandline.files.roots; files/ in the data directory unless set)";

    public FilesRoots {
        roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("at least one files root is needed");
        }
    }

    /**
     * The file a source reads.
     *
     * @throws IOException with a message fit for a client: missing, not a regular file, or outside the roots
     */
    Path existing(String path) throws IOException {
        if (path.startsWith(DEMO)) {
            return bundled(path.substring(DEMO.length()));
        }
        for (Path root : roots) {
            Path candidate = within(root, path);
            if (Files.exists(candidate)) {
                if (!candidate.toRealPath().startsWith(root.toRealPath())) {
                    throw new IOException("'" + path + "' leads out of the files roots");
                }
                if (!Files.isRegularFile(candidate)) {
                    throw new IOException("'" + path + "' is not a regular file");
                }
                return candidate;
            }
        }
        throw new NoSuchFileException(path, null, MISSING);
    }

    /** The directory a sink writes to, created when it is not there. */
    Path directory(String path) throws IOException {
        return Files.createDirectories(checkDirectory(path));
    }

    /** Whether a sink may write to a directory, without creating it. */
    Path checkDirectory(String path) throws IOException {
        Path root = roots.get(0);
        Path target = within(root, path);
        Path existing = nearestExisting(target);
        if (!Files.exists(existing) || !existing.toRealPath().startsWith(root.toRealPath())) {
            throw new IOException("'" + path + "' leads out of the files roots");
        }
        if (!Files.isDirectory(existing)) {
            throw new IOException("'" + root.relativize(existing) + "' is a file; a sink writes to a directory");
        }
        return target;
    }

    private static Path within(Path root, String path) throws IOException {
        Path resolved = root.resolve(path).normalize();
        if (Path.of(path).isAbsolute() || !resolved.startsWith(root)) {
            throw new IOException("'" + path + "' lies outside the files roots");
        }
        return resolved;
    }

    /** The path itself or its nearest ancestor that exists; a link that leads nowhere exists. */
    private static Path nearestExisting(Path target) {
        Path parent = target.getParent();
        return parent == null || Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? target : nearestExisting(parent);
    }

    private Path bundled(String name) throws IOException {
        if (!name.toLowerCase(Locale.ROOT).matches("[a-z0-9-]+\\.[a-z]+")) {
            throw new IOException("'" + DEMO + name + "' is not a bundled file's name");
        }
        Path unpacked = bundled.resolve(name);
        if (!Files.exists(unpacked)) {
            unpack(name, unpacked);
        }
        return unpacked;
    }

    private static synchronized void unpack(String name, Path target) throws IOException {
        try (InputStream data = FilesRoots.class.getResourceAsStream("/demo/" + name)) {
            if (data == null) {
                throw new NoSuchFileException(DEMO + name, null, "no such bundled file; there is demo:flights.ndjson");
            }
            Files.createDirectories(target.getParent());
            Path partial = target.resolveSibling(name + ".partial");
            Files.copy(data, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
