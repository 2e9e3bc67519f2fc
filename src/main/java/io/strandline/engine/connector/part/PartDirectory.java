package io.strandline.engine.connector.part;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.OutputMove.Action;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.part.PartFiles.PartFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * The directory of a file sink: part files, staged part files, files being written ({@code .open-…}), and {@code
 * .withdrawn/} with those that were taken back; {@code .owner} says whose they are, for their names do not. Every rename is
 * followed by an fsync of the directories concerned.
 */
public final class PartDirectory {

    private static final String WITHDRAWN = ".withdrawn";
    private static final String OPEN = ".open-";
    private static final String OWNER = ".owner";

    private final Path directory;
    private final PartFiles files;

    /** A directory that exists. */
    public PartDirectory(Path directory, PartFiles files) {
        this.directory = directory;
        this.files = files;
    }

    /** Whose output it holds; empty when nobody has ever been named. */
    public Optional<PartOwner> owner() throws IOException {
        Path mark = directory.resolve(OWNER);
        return Files.exists(mark) ? Optional.of(PartOwner.parse(Files.readString(mark))) : Optional.empty();
    }

    /** Makes it {@code owner}'s, durably; it is whose it was when that fails. */
    public void handTo(PartOwner owner) throws IOException {
        Optional<PartOwner> before = owner();
        mark(owner);
        try {
            files.sync(directory);
        } catch (IOException e) {
            // left there it would be taken for durable the next time, and a second fsync would lie
            if (before.isPresent()) {
                mark(before.get());
            } else {
                files.unlink(directory.resolve(OWNER));
            }
            throw e;
        }
    }

    private void mark(PartOwner owner) throws IOException {
        Path draft = directory.resolve(OWNER + ".new");
        files.unlink(draft);
        try (PartFile file = files.create(draft)) {
            file.write(ByteBuffer.wrap(owner.text().getBytes(StandardCharsets.UTF_8)));
            file.force();
        }
        files.rename(draft, directory.resolve(OWNER));
    }

    /**
     * A part that may be another job's, in a directory without an owner. A start that goes on from a version has written
     * here before owners were named if its line has every visible part of its branch; any other has written nothing yet.
     */
    public Optional<PartName> foreign(SinkStart start) throws IOException {
        List<PartName> visible = parts(directory);
        if (!start.line().isEmpty()) {
            return visible.stream()
                    .filter(part -> !part.staged() && part.branch().equals(start.branch()))
                    .filter(part -> !start.inLine(part.branch(), part.number()))
                    .findFirst();
        }
        Path withdrawn = directory.resolve(WITHDRAWN);
        List<PartName> hidden = Files.isDirectory(withdrawn) ? parts(withdrawn) : List.of();
        return Stream.concat(visible.stream(), hidden.stream()).findFirst();
    }

    /** Begins a file of a branch's writer, under a name that no other start's writer has. */
    OpenPart open(String branch, int subtask, ByteBuffer header) throws IOException {
        String unique = UUID.randomUUID().toString().replace("-", "");
        Path path = directory.resolve(OPEN + branch + "-" + subtask + "-" + unique);
        return new OpenPart(path, files.create(path), header);
    }

    /** Gives a finished, fsynced file the name under which it waits for its checkpoint. */
    void stage(Path open, PartName name) throws IOException {
        files.rename(open, directory.resolve(name.fileName()));
        files.sync(directory);
    }

    /** Makes staged parts visible. */
    public void commit(Collection<PartName> parts) throws IOException {
        for (PartName part : parts) {
            move(
                    directory.resolve(part.fileName()),
                    directory.resolve(part.committed().fileName()));
        }
        files.sync(directory);
    }

    /** Where a staged part lies. */
    public Path path(PartName part) {
        return directory.resolve(part.fileName());
    }

    /** Deletes parts, of whom some may be gone already. */
    public void delete(Collection<PartName> parts) throws IOException {
        for (PartName part : parts) {
            files.unlink(path(part));
        }
        files.sync(directory);
    }

    /** Deletes what a branch has written under a number, visible or not. */
    public void drop(String branch, long number) throws IOException {
        delete(parts(directory).stream()
                .filter(part -> part.branch().equals(branch) && part.number() == number)
                .toList());
    }

    /** Deletes what a branch has staged that is not in the line that it starts from, and names the rest. */
    public List<PartName> keepStaged(SinkStart start) throws IOException {
        deleteOpenFiles(start.branch());
        List<PartName> kept = new ArrayList<>();
        List<PartName> dropped = new ArrayList<>();
        for (PartName part : parts(directory)) {
            if (part.staged() && part.branch().equals(start.branch())) {
                (start.inLine(part.branch(), part.number()) ? kept : dropped).add(part);
            }
        }
        delete(dropped);
        return kept;
    }

    /** Brings a branch's output into agreement with the line that it starts from. Idempotent. */
    public List<OutputMove> recover(SinkStart start) throws IOException {
        deleteOpenFiles(start.branch());
        List<OutputMove> moves = new ArrayList<>();
        for (PartName part : parts(directory)) {
            if (part.branch().equals(start.branch())) {
                recover(part, start).ifPresent(moves::add);
            }
        }
        Path withdrawn = directory.resolve(WITHDRAWN);
        if (Files.isDirectory(withdrawn)) {
            for (PartName part : parts(withdrawn)) {
                // one that is there was written since: what was taken back is of a job before this one
                if (part.branch().equals(start.branch())
                        && start.inLine(part.branch(), part.number())
                        && !Files.exists(path(part))) {
                    moves.add(move(start, WITHDRAWN + "/" + part.fileName(), part.fileName(), Action.RETURNED));
                }
            }
            files.sync(withdrawn);
        }
        files.sync(directory);
        return moves;
    }

    /** Deletes parts that were taken back, chosen by branch and number; how many. */
    public int release(BiPredicate<String, Long> chosen) throws IOException {
        Path withdrawn = directory.resolve(WITHDRAWN);
        int released = 0;
        if (Files.isDirectory(withdrawn)) {
            for (PartName part : parts(withdrawn)) {
                if (chosen.test(part.branch(), part.number())) {
                    files.unlink(withdrawn.resolve(part.fileName()));
                    released++;
                }
            }
            files.sync(withdrawn);
        }
        return released;
    }

    private Optional<OutputMove> recover(PartName part, SinkStart start) throws IOException {
        boolean inLine = start.inLine(part.branch(), part.number());
        String name = part.fileName();
        if (part.staged() && inLine) {
            return Optional.of(move(start, name, part.committed().fileName(), Action.COMMITTED));
        }
        if (part.staged()) {
            files.unlink(directory.resolve(name));
            return Optional.of(new OutputMove(start.sink(), name, name, Action.DELETED));
        }
        if (inLine) {
            return Optional.empty();
        }
        Files.createDirectories(directory.resolve(WITHDRAWN));
        return Optional.of(move(start, name, WITHDRAWN + "/" + name, Action.WITHDRAWN));
    }

    private OutputMove move(SinkStart start, String from, String to, Action action) throws IOException {
        move(directory.resolve(from), directory.resolve(to));
        return new OutputMove(start.sink(), from, to, action);
    }

    /** Harmless when an earlier try has done it. */
    private void move(Path from, Path to) throws IOException {
        if (Files.exists(from) || !Files.exists(to)) {
            files.rename(from, to);
        }
    }

    /** Files that a killed writer left: named by nobody, so by no version. */
    private void deleteOpenFiles(String branch) throws IOException {
        String prefix = OPEN + branch + "-";
        try (Stream<Path> listed = Files.list(directory)) {
            for (Path file : listed.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d+-[0-9a-f]{32}")) {
                    files.unlink(file);
                }
            }
        }
    }

    private static List<PartName> parts(Path directory) throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.map(file -> PartName.parse(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
    }
}
