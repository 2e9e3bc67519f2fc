package io.strandline.storage.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file system that knows what of it would survive a power cut: calls work on real files, and beside them a model keeps
 * the bytes that were fsynced and the names whose directory was. It can cut the power at any call, and leave fsyncs out.
 *
 * <p>Crueller than ext4: changes of names in one directory may survive out of order; a rename stays atomic.
 */
final class DurableFrontier extends DelegatingCalls {

    private final Path top;
    private final int crashAt;
    private final Set<FsyncKind> leftOut;
    private final DirectoryNode durableTop = new DirectoryNode();
    private final Map<Path, Node> live = new HashMap<>();
    private final List<NameChange> pending = new ArrayList<>();
    private int calls;

    /**
     * Takes what lies under {@code top} as durable.
     *
     * @param top directory that holds the store's directory {@code store}
     * @param crashAt the call at which the power goes out, counting from 0; negative for never
     * @param leftOut fsyncs that do nothing
     */
    DurableFrontier(Path top, int crashAt, Set<FsyncKind> leftOut) throws IOException {
        this.top = top;
        this.crashAt = crashAt;
        this.leftOut = leftOut;
        load(top, durableTop);
    }

    /** Changing calls so far. */
    int calls() {
        return calls;
    }

    /** Writes what the power cut left into {@code target}; may be asked again for another aftermath. */
    void survivors(Path target, Aftermath aftermath) throws IOException {
        Map<DirectoryNode, Map<String, Node>> names = new HashMap<>();
        Function<DirectoryNode, Map<String, Node>> namesOf =
                node -> names.computeIfAbsent(node, any -> new TreeMap<>(node.durable));
        for (NameChange change : pending) {
            if (aftermath.keepsName()) {
                change.apply(namesOf);
            }
        }
        write(durableTop, namesOf, target, aftermath);
    }

    @Override
    public OutputFile create(Path file) throws IOException {
        step("create " + file);
        OutputFile output = super.create(file);
        FileNode node = new FileNode();
        name(file, node);
        return new WatchedOutput(file, node, output);
    }

    @Override
    public OutputFile reopen(Path file) throws IOException {
        OutputFile output = super.reopen(file);
        if (!live.containsKey(file)) {
            FileNode written = new FileNode();
            written.written.writeBytes(Files.readAllBytes(file));
            name(file, written);
        }
        return new WatchedOutput(file, (FileNode) node(file), output);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step("mkdir " + directory);
        super.createDirectory(directory);
        name(directory, new DirectoryNode());
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        step("link " + name);
        super.link(existing, name);
        name(name, node(existing));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename " + to);
        super.rename(from, to);
        Node node = Objects.requireNonNull(live.remove(from));
        live.put(to, node);
        Map<Place, @Nullable Node> effects = new LinkedHashMap<>();
        effects.put(place(from), null);
        effects.put(place(to), node);
        pending.add(new NameChange(effects));
    }

    @Override
    public void unlink(Path name) throws IOException {
        step("unlink " + name);
        super.unlink(name);
        live.remove(name);
        Map<Place, @Nullable Node> effects = new LinkedHashMap<>();
        effects.put(place(name), null);
        pending.add(new NameChange(effects));
    }

    @Override
    public void fsyncDirectory(Path directory) {
        step("fsync " + directory);
        if (leftOut(directory)) {
            return;
        }
        DirectoryNode node = (DirectoryNode) node(directory);
        for (NameChange change : List.copyOf(pending)) {
            if (change.touches(node)) {
                change.apply(changed -> changed.durable);
                pending.subList(0, pending.indexOf(change)).removeIf(change::supersedes);
                pending.remove(change);
            }
        }
    }

    private void name(Path path, Node node) {
        live.put(path, node);
        Map<Place, @Nullable Node> effects = new LinkedHashMap<>();
        effects.put(place(path), node);
        pending.add(new NameChange(effects));
    }

    private Node node(Path path) {
        return path.equals(top) ? durableTop : Objects.requireNonNull(live.get(path), path::toString);
    }

    private Place place(Path path) {
        return new Place(
                (DirectoryNode) node(path.getParent()), path.getFileName().toString());
    }

    private boolean leftOut(Path synced) {
        Path store = top.resolve("store");
        FsyncKind kind = synced.equals(top) ? FsyncKind.STORE_DIRECTORIES : FsyncKind.of(store, synced);
        return leftOut.contains(kind);
    }

    private void step(String call) {
        if (crashAt >= 0 && calls >= crashAt) {
            throw new SimulatedCrash(call);
        }
        calls++;
    }

    private void load(Path directory, DirectoryNode into) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                Node node = Files.isDirectory(file) ? new DirectoryNode() : new FileNode();
                live.put(file, node);
                into.durable.put(file.getFileName().toString(), node);
                if (node instanceof DirectoryNode sub) {
                    load(file, sub);
                } else if (node instanceof FileNode found) {
                    found.written.writeBytes(Files.readAllBytes(file));
                    found.durable = found.written.toByteArray();
                }
            }
        }
    }

    private static void write(
            DirectoryNode from, Function<DirectoryNode, Map<String, Node>> namesOf, Path target, Aftermath aftermath)
            throws IOException {
        Files.createDirectories(target);
        for (Map.Entry<String, Node> entry : namesOf.apply(from).entrySet()) {
            Path path = target.resolve(entry.getKey());
            if (entry.getValue() instanceof DirectoryNode directory) {
                write(directory, namesOf, path, aftermath);
            } else if (entry.getValue() instanceof FileNode file) {
                Files.write(path, aftermath.bytes(file.durable, file.written.toByteArray()));
            }
        }
    }

    private sealed interface Node permits FileNode, DirectoryNode {}

    private static final class FileNode implements Node {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private byte[] durable = new byte[0];
    }

    private static final class DirectoryNode implements Node {
        private final Map<String, Node> durable = new TreeMap<>();
    }

    private record Place(DirectoryNode directory, String name) {}

    /** Names that change together: a node for each place, or null where the name goes. */
    private record NameChange(Map<Place, @Nullable Node> effects) {

        boolean touches(DirectoryNode directory) {
            return effects.keySet().stream().anyMatch(place -> place.directory() == directory);
        }

        boolean supersedes(NameChange earlier) {
            return effects.keySet().containsAll(earlier.effects.keySet());
        }

        void apply(Function<DirectoryNode, Map<String, Node>> namesOf) {
            effects.forEach((place, node) -> {
                if (node == null) {
                    namesOf.apply(place.directory()).remove(place.name());
                } else {
                    namesOf.apply(place.directory()).put(place.name(), node);
                }
            });
        }
    }

    private final class WatchedOutput implements OutputFile {
        private final Path path;
        private final FileNode node;
        private final OutputFile real;

        WatchedOutput(Path path, FileNode node, OutputFile real) {
            this.path = path;
            this.node = node;
            this.real = real;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
            Channels.newChannel(node.written).write(half.duplicate());
            step("write " + path);
            Channels.newChannel(node.written).write(bytes.duplicate().position(half.limit()));
            real.write(bytes);
        }

        @Override
        public void fsync() {
            step("fsync " + path);
            if (!leftOut(path)) {
                node.durable = node.written.toByteArray();
            }
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
