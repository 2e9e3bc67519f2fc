package io.strandline.model;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to be true, as plain maps; written from the semantics, with none of the server's code. */
final class Oracle {

    private static final int FLOOR = 3;
    private static final Set<String> OF_NO_PERSON = Set.of("CHECKPOINT", "FORK");

    final Map<String, Version> versions = new TreeMap<>();
    final Map<String, Line> branches = new TreeMap<>();
    final Map<String, Mark> tags = new TreeMap<>();
    final Map<String, Mark> holds = new TreeMap<>();
    private int runs;

    /** Where a version is in its life. */
    enum Stage {
        COMPLETED,
        TRASHED,
        PURGED
    }

    /** A version: {@code run} made it (0 for none), {@code state} is what it has to hold. */
    static final class Version {
        final String id;
        final String job;
        final String branch;
        final long number;
        final @Nullable String parent;
        final int run;
        final Map<Long, Long> state;
        final Set<String> files;
        Stage stage = Stage.COMPLETED;

        @Nullable
        Instant purgeAfter;

        Version(String id, Line line, long number, int run, Map<Long, Long> state, Set<String> files) {
            this.id = id;
            this.job = line.job;
            this.branch = line.name;
            this.number = number;
            this.parent = line.head;
            this.run = run;
            this.state = Map.copyOf(state);
            this.files = Set.copyOf(files);
        }

        @Override
        public String toString() {
            return job + "#" + number + " on " + branch + " " + stage;
        }
    }

    /** A branch. */
    static final class Line {
        final String job;
        final String name;
        final List<Move> moves = new ArrayList<>();

        @Nullable
        String head;

        @Nullable
        Run run;

        boolean deletable;
        boolean resettable = true;
        boolean trashed;

        @Nullable
        Instant purgeAfter;

        Line(String job, String name, @Nullable String head) {
            this.job = job;
            this.name = name;
            this.head = head;
            this.deletable = head != null;
        }

        @Override
        public String toString() {
            return job + "/" + name;
        }
    }

    /** A move of a head. */
    record Move(
            String verb, @Nullable String from, @Nullable String to) {}

    /** What runs on a branch: where it went on from, and its state now. */
    static final class Run {
        final int id;
        final @Nullable String from;
        final Map<Long, Long> live;
        boolean committed;

        @Nullable
        Map<Long, Long> frozen;

        Run(int id, @Nullable String from, Map<Long, Long> state) {
            this.id = id;
            this.from = from;
            this.live = new TreeMap<>(state);
        }

        /** Whether its branch's head says nothing of it, so that another in its place begins from nothing, too. */
        boolean beganFromNothing() {
            return from == null && !committed;
        }
    }

    /** A tag's or a hold's version, when it ends, and for the server's own holds what they are for. */
    record Mark(
            String job,
            String name,
            String version,
            @Nullable Instant ends,
            @Nullable String owner) {

        boolean lives(Instant now) {
            return ends == null || ends.isAfter(now);
        }
    }

    void job(String job) {
        branches.put(job + "/main", new Line(job, "main", null));
    }

    /** A version has become the head of its branch. */
    void completed(Version version, String verb) {
        Version twin = versions.put(version.id, version);
        boolean taken = versions.values().stream()
                .anyMatch(other -> other != version && other.job.equals(version.job) && other.number == version.number);
        if (twin != null || taken) {
            throw new AssertionError("I9: " + version + " has the id or the number of another");
        }
        moved(line(version.job, version.branch), verb, version.id);
    }

    void moved(Line line, String verb, @Nullable String to) {
        if (!Objects.equals(line.head, to)) {
            line.moves.add(new Move(verb, line.head, to));
            line.head = to;
        }
    }

    void runs(Line line, @Nullable String from) {
        line.run = new Run(++runs, from, from == null ? Map.of() : version(from).state);
    }

    Version version(String id) {
        return Objects.requireNonNull(versions.get(id), id);
    }

    Line line(String job, String branch) {
        return Objects.requireNonNull(branches.get(job + "/" + branch));
    }

    List<Version> at(Stage stage) {
        return versions.values().stream()
                .filter(version -> version.stage == stage)
                .toList();
    }

    List<Version> of(String job) {
        return versions.values().stream()
                .filter(version -> version.job.equals(job))
                .toList();
    }

    List<Line> lines(boolean trashed) {
        return branches.values().stream()
                .filter(line -> line.trashed == trashed)
                .toList();
    }

    /** Whether a head, a tag, a hold or an instance that went on from it keeps a version. */
    boolean isProtected(String id, Instant now) {
        return isNamed(id, now) || lines(false).stream().anyMatch(line -> line.run != null && id.equals(line.run.from));
    }

    private boolean isNamed(String id, Instant now) {
        return lines(false).stream().anyMatch(line -> id.equals(line.head))
                || Stream.concat(tags.values().stream(), holds.values().stream())
                        .anyMatch(mark -> mark.lives(now) && mark.version().equals(id));
    }

    /** A version and all it descends from, newest first. */
    Set<String> ancestry(@Nullable String from) {
        Set<String> line = new LinkedHashSet<>();
        for (String id = from; id != null; id = version(id).parent) {
            line.add(id);
        }
        return line;
    }

    /** What of one version's ancestry is not of another's. */
    Set<String> leftBehind(@Nullable String from, @Nullable String to) {
        Set<String> left = ancestry(from);
        left.removeAll(ancestry(to));
        return left;
    }

    /** Whether only checkpoints of what runs lead from a version to the head. */
    boolean fits(Line line, @Nullable String expected) {
        String id = line.head;
        while (id != null && !id.equals(expected)) {
            if (line.run == null || version(id).run != line.run.id) {
                return false;
            }
            id = version(id).parent;
        }
        return id != null;
    }

    /** The newest move of a person that nobody has reversed; one that was taken back was none. */
    Optional<Move> lastMove(Line line) {
        Deque<Move> made = new ArrayDeque<>();
        for (Move move : line.moves) {
            if (move.verb().equals("TAKEN_BACK")) {
                made.pop();
            } else if (!OF_NO_PERSON.contains(move.verb())) {
                made.push(move);
            }
        }
        Deque<Move> open = new ArrayDeque<>();
        made.descendingIterator().forEachRemaining(move -> {
            if (move.verb().equals("UNDO")) {
                open.pop();
            } else {
                open.push(move);
            }
        });
        return Optional.ofNullable(open.peek());
    }

    /** The versions that a policy of nothing but {@code keep.last} lets go, floors in mind. */
    Set<String> expiring(int last, Instant now) {
        Set<String> stay = new HashSet<>();
        Set<String> onLine = new HashSet<>();
        int kept = Math.max(last, FLOOR);
        for (Line line : lines(false)) {
            List<String> usable = usable(ancestry(line.head));
            onLine.addAll(usable);
            stay.addAll(usable.subList(0, Math.min(kept, usable.size())));
        }
        Map<String, List<Version>> ofDeleted = new TreeMap<>();
        for (Version version : at(Stage.COMPLETED)) {
            Line line = branches.get(version.job + "/" + version.branch);
            if (!onLine.contains(version.id) && (line == null || line.trashed)) {
                ofDeleted.computeIfAbsent(version.job, job -> new ArrayList<>()).add(version);
            }
        }
        ofDeleted.values().forEach(group -> {
            group.sort((a, b) -> Long.compare(b.number, a.number));
            group.subList(0, Math.min(kept, group.size())).forEach(version -> stay.add(version.id));
        });
        Set<String> gone = new TreeSet<>();
        for (Version version : at(Stage.COMPLETED)) {
            if (!stay.contains(version.id) && !isProtected(version.id, now)) {
                gone.add(version.id);
            }
        }
        return gone;
    }

    List<String> usable(Collection<String> ids) {
        return ids.stream().filter(id -> version(id).stage == Stage.COMPLETED).toList();
    }

    /** Those that leave the trash: all that nothing keeps, or only those whose time has come. */
    List<Version> leaving(boolean early, Instant now) {
        return at(Stage.TRASHED).stream()
                .filter(version ->
                        early || !Objects.requireNonNull(version.purgeAfter).isAfter(now))
                .filter(version -> !isNamed(version.id, now))
                .toList();
    }

    /** Branches leave the trash as versions do, and with them what was held for them. */
    void purgeBranches(boolean early, Instant now) {
        for (Line line : lines(true)) {
            if (early || !Objects.requireNonNull(line.purgeAfter).isAfter(now)) {
                branches.remove(line.toString());
                Set<String> owners = Set.of("deleted-branch:" + line.name, "branch:" + line.name);
                holds.values().removeIf(mark -> mark.job().equals(line.job) && owners.contains(mark.owner() + ""));
            }
        }
    }

    /** Every file that has to be there. */
    Set<String> files() {
        Set<String> files = new TreeSet<>();
        versions.values().stream()
                .filter(version -> version.stage != Stage.PURGED)
                .forEach(version -> files.addAll(version.files));
        return files;
    }

    /** The next time at which something ends by itself. */
    Optional<Instant> nextEnd(Instant after) {
        return Stream.concat(
                        Stream.concat(tags.values().stream(), holds.values().stream())
                                .map(Mark::ends),
                        Stream.concat(
                                at(Stage.TRASHED).stream().map(version -> version.purgeAfter),
                                lines(true).stream().map(line -> line.purgeAfter)))
                .filter(end -> end != null && end.isAfter(after))
                .min(Instant::compareTo);
    }
}
