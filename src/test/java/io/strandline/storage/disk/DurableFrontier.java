package io.strandline.storage.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file system that knows what of it would survive a power cut: calls work on real files, and beside them a model keeps
 * the bytes that were fsynced and the names whose directory was. It can cut the power at any call, and leave fsyncs out.
 *
 * <p>Crueller than ext4: changes of names in one directory may survive out of order; a rename stays atomic. As on Linux,
 * an fsync that failed is the last that tells the truth: what it was to make durable never gets there by another.
 */
public final class DurableFrontier extends DelegatingDisk {

    /** What a server throws away at its start. */
    private static final String UNMODELLED = "work";

    private final Path top;
    private final Trouble trouble;
    private final Predicate<Path> leftOut;
    private final DirectoryNode durableTop = new DirectoryNode();
    private final Map<Path, Node> live = new HashMap<>();
    private final List<NameChange> pending = new ArrayList<>();
    private final List<String> made = new ArrayList<>();
    private boolean over;

    /**
     * Takes what lies under {@code top} as durable.
     *
     * @param top the directory that is watched; calls elsewhere, or under {@code work}, count and are not modelled
     * @param leftOut of what fsyncs do nothing
     */
    public DurableFrontier(Path top, Trouble trouble, Predicate<Path> leftOut) throws IOException {
        this.top = top;
        this.trouble = trouble;
        this.leftOut = leftOut;
        load(top, durableTop);
    }

    /** Changing calls so far, such as {@code link /disk/store/blobs/sha256/…}. */
    public synchronized List<String> made() {
        return List.copyOf(made);
    }

    /** Writes what the power cut left into {@code target}; may be asked again for another aftermath. */
    public synchronized void survivors(Path target, Aftermath aftermath) throws IOException {
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
    public synchronized OutputFile create(Path file) throws IOException {
        step("create", file);
        return watched(file, super.create(file));
    }

    @Override
    public synchronized OutputFile createPrivate(Path file) throws IOException {
        step("create", file);
        return watched(file, super.createPrivate(file));
    }

    private OutputFile watched(Path file, OutputFile output) throws IOException {
        FileNode node = new FileNode();
        name(file, node);
        return new WatchedOutput(file, node, output);
    }

    @Override
    public synchronized OutputFile reopen(Path file) throws IOException {
        OutputFile output = super.reopen(file);
        if (!live.containsKey(file)) {
            FileNode written = new FileNode();
            written.written.writeBytes(Files.readAllBytes(file));
            name(file, written);
        }
        return new WatchedOutput(file, (FileNode) node(file), output);
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        step("mkdir", directory);
        super.createDirectory(directory);
        name(directory, new DirectoryNode());
    }

    @Override
    public synchronized void link(Path existing, Path name) throws IOException {
        step("link", name);
        super.link(existing, name);
        if (name.startsWith(top) && !name.startsWith(top.resolve(UNMODELLED))) {
            name(name, node(existing));
        }
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        step("rename", to);
        Node node = node(from);
        super.rename(from, to);
        live.remove(from);
        live.put(to, node);
        Map<Place, @Nullable Node> effects = new LinkedHashMap<>();
        effects.put(place(from), null);
        effects.put(place(to), node);
        pending.add(new NameChange(effects));
    }

    @Override
    public synchronized void unlink(Path name) throws IOException {
        step("unlink", name);
        super.unlink(name);
        live.remove(name);
        Map<Place, @Nullable Node> effects = new LinkedHashMap<>();
        effects.put(place(name), null);
        pending.add(new NameChange(effects));
    }

    @Override
    public synchronized void fsyncDirectory(Path directory) throws IOException {
        DirectoryNode node = (DirectoryNode) node(directory);
        try {
            step("fsync", directory);
        } catch (IOException e) {
            pending.stream().filter(change -> change.touches(node)).forEach(change -> change.fsyncFailed = true);
            throw e;
        }
        if (leftOut.test(directory)) {
            return;
        }
        for (NameChange change : List.copyOf(pending)) {
            if (change.touches(node) && !change.fsyncFailed) {
                change.apply(changed -> changed.durable);
                pending.subList(0, pending.indexOf(change)).removeIf(change::supersedes);
                pending.remove(change);
            }
        }
    }

    private void name(Path path, Node node) throws IOException {
        live.put(path, node);
        Map<Place, @Nullable Node> effects = new LinkedHashMap<>();
        effects.put(place(path), node);
        pending.add(new NameChange(effects));
    }

    /** What has a name; what was made behind the disk's back counts as durable. */
    private Node node(Path path) throws IOException {
        if (path.equals(top)) {
            return durableTop;
        }
        Node known = live.get(path);
        return known == null ? adopt(path) : known;
    }

    private Node adopt(Path path) throws IOException {
        Node node = Files.isDirectory(path) ? new DirectoryNode() : FileNode.durable(Files.readAllBytes(path));
        live.put(path, node);
        Place place = place(path);
        place.directory().durable.put(place.name(), node);
        return node;
    }

    private Place place(Path path) throws IOException {
        return new Place(
                (DirectoryNode) node(path.getParent()), path.getFileName().toString());
    }

    private void step(String name, Path path) throws IOException {
        String call = name + " " + path;
        if (trouble.endsBefore(made.size())) {
            over = true;
            throw trouble.thrown(call);
        }
        made.add(call);
        if (trouble.fails(made.size() - 1)) {
            throw trouble.thrown(call);
        }
    }

    private void load(Path directory, DirectoryNode into) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                Node node = Files.isDirectory(file) ? new DirectoryNode() : FileNode.durable(Files.readAllBytes(file));
                live.put(file, node);
                into.durable.put(file.getFileName().toString(), node);
                if (node instanceof DirectoryNode sub) {
                    load(file, sub);
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
        private boolean fsyncFailed;

        private static FileNode durable(byte[] content) {
            FileNode node = new FileNode();
            node.written.writeBytes(content);
            node.durable = content;
            return node;
        }
    }

    private static final class DirectoryNode implements Node {
        private final Map<String, Node> durable = new TreeMap<>();
    }

    private record Place(DirectoryNode directory, String name) {}

    /** Names that change together: a node for each place, or null where the name goes. */
    private static final class NameChange {

        private final Map<Place, @Nullable Node> effects;
        private boolean fsyncFailed;

        private NameChange(Map<Place, @Nullable Node> effects) {
            this.effects = effects;
        }

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

    private final class WatchedOutput extends DelegatingFile {
        private final Path path;
        private final FileNode node;

        WatchedOutput(Path path, FileNode node, OutputFile real) {
            super(real);
            this.path = path;
            this.node = node;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (DurableFrontier.this) {
                int end = bytes.limit();
                if (!over) {
                    append(bytes.limit(bytes.position() + bytes.remaining() / 2));
                }
                try {
                    step("write", path);
                } finally {
                    bytes.limit(end); // what was not written remains
                }
                append(bytes);
            }
        }

        private void append(ByteBuffer bytes) throws IOException {
            Channels.newChannel(node.written).write(bytes.duplicate());
            super.write(bytes);
        }

        @Override
        public void fsync() throws IOException {
            synchronized (DurableFrontier.this) {
                try {
                    step("fsync", path);
                } catch (IOException e) {
                    node.fsyncFailed = true;
                    throw e;
                }
                if (!leftOut.test(path) && !node.fsyncFailed) {
                    node.durable = node.written.toByteArray();
                }
            }
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            synchronized (DurableFrontier.this) {
                step("truncate", path);
                super.truncate(sizeBytes);
                byte[] kept = Arrays.copyOf(node.written.toByteArray(), Math.toIntExact(sizeBytes));
                node.written.reset();
                node.written.writeBytes(kept);
            }
        }
    }
}
