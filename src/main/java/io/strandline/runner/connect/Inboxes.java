package io.strandline.runner.connect;

import io.strandline.engine.connector.inbox.Inbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inboxes of sources that records are pushed to, one directory a job and source; opened when they are first needed. */
public final class Inboxes implements AutoCloseable {

    private final Path root;
    private final InstantSource clock;
    private final Map<Path, Inbox> open = new HashMap<>();

    /** @param root where the directories are; made when the first record comes */
    public Inboxes(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    /** The inbox of a source, made when there is none. */
    synchronized Inbox of(String jobId, String source, int partitions) throws IOException {
        Path directory = directory(jobId, source);
        Inbox inbox = open.get(directory);
        if (inbox != null && inbox.ranges().size() >= partitions) {
            return inbox;
        }
        if (inbox != null) {
            inbox.grow(partitions);
            return inbox;
        }
        Inbox opened = Inbox.open(directory, partitions, clock);
        open.put(directory, opened);
        return opened;
    }

    /** The inbox of a source, if anything was ever pushed to it. */
    synchronized Optional<Inbox> existing(String jobId, String source) throws IOException {
        return Files.isDirectory(directory(jobId, source)) ? Optional.of(of(jobId, source, 1)) : Optional.empty();
    }

    /** Names of directories: of jobs, or of the sources of one. */
    List<String> names(@Nullable String jobId) throws IOException {
        Path directory = jobId == null ? root : root.resolve(jobId);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    synchronized void delete(String jobId) throws IOException {
        Path directory = root.resolve(jobId);
        closeAll(path -> path.startsWith(directory));
        DirectoryTree.delete(directory);
    }

    @Override
    public synchronized void close() throws IOException {
        closeAll(path -> true);
    }

    private Path directory(String jobId, String source) {
        return root.resolve(jobId).resolve(source);
    }

    private void closeAll(Predicate<Path> chosen) throws IOException {
        for (Path path : List.copyOf(open.keySet())) {
            Inbox inbox = open.get(path);
            if (inbox != null && chosen.test(path)) {
                open.remove(path);
                inbox.close();
            }
        }
    }
}
