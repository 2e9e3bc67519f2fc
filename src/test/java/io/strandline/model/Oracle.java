package io.strandline.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has to be true, as plain maps; written from the semantics, with none of the server's code. */
final class Oracle {

    private static final int FLOOR = 3;

    final Map<String, Version> versions = new TreeMap<>();
    final Map<String, Line> branches = new TreeMap<>();
    final Map<String, Mark> tags = new TreeMap<>();
    final Map<String, Mark> holds = new TreeMap<>();

    /** Where a version is in its life. */
    enum Stage {
        COMPLETED,
        TRASHED,
        PURGED
    }

    /** A version. */
    static final class Version {
        final String id;
        final String job;
        final String branch;
        final long number;
        final @Nullable String parent;
        final Set<String> files;
        Stage stage = Stage.COMPLETED;

        @Nullable
        Instant purgeAfter;

        Version(String id, String job, String branch, long number, @Nullable String parent, Set<String> files) {
            this.id = id;
            this.job = job;
            this.branch = branch;
            this.number = number;
            this.parent = parent;
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

        @Nullable
        String head;

        long epoch;
        boolean trashed;

        Line(String job, String name, @Nullable String head) {
            this.job = job;
            this.name = name;
            this.head = head;
        }
    }

    /** A tag's or a hold's version, and when it ends. */
    record Mark(
            String job,
            String name,
            String version,
            @Nullable Instant ends) {

        boolean lives(Instant now) {
            return ends == null || ends.isAfter(now);
        }
    }

    void job(String job) {
        branches.put(job + "/main", new Line(job, "main", null));
    }

    void completed(Version version) {
        Version twin = versions.put(version.id, version);
        boolean taken = versions.values().stream()
                .anyMatch(other -> other != version && other.job.equals(version.job) && other.number == version.number);
        if (twin != null || taken) {
            throw new AssertionError("I9: " + version + " has the id or the number of another");
        }
        line(version.job, version.branch).head = version.id;
    }

    Line line(String job, String branch) {
        return Objects.requireNonNull(branches.get(job + "/" + branch));
    }

    List<Version> at(Stage stage) {
        return versions.values().stream()
                .filter(version -> version.stage == stage)
                .toList();
    }

    List<Line> lines(boolean trashed) {
        return branches.values().stream()
                .filter(line -> line.trashed == trashed)
                .toList();
    }

    /** Whether a head, a tag or a hold keeps a version. */
    boolean isProtected(String id, Instant now) {
        boolean head = lines(false).stream().anyMatch(line -> id.equals(line.head));
        boolean marked = marks(tags, now).anyMatch(mark -> mark.version().equals(id))
                || marks(holds, now).anyMatch(mark -> mark.version().equals(id));
        return head || marked;
    }

    private static java.util.stream.Stream<Mark> marks(Map<String, Mark> marks, Instant now) {
        return marks.values().stream().filter(mark -> mark.lives(now));
    }

    /** The versions that a policy of nothing but {@code keep.last} lets go, floors in mind. */
    Set<String> expiring(int last, Instant now) {
        Set<String> stay = new HashSet<>();
        Set<String> onLine = new HashSet<>();
        int kept = Math.max(last, FLOOR);
        for (Line line : lines(false)) {
            List<String> usable = ancestry(line.head);
            onLine.addAll(usable);
            stay.addAll(usable.subList(0, Math.min(kept, usable.size())));
        }
        Map<String, List<Version>> ofDeleted = new TreeMap<>();
        for (Version version : at(Stage.COMPLETED)) {
            if (!onLine.contains(version.id) && line(version.job, version.branch).trashed) {
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

    /** A version and those it descends from, newest first, without those in the trash or gone. */
    List<String> ancestry(@Nullable String from) {
        List<String> line = new ArrayList<>();
        String id = from;
        while (id != null) {
            Version version = Objects.requireNonNull(versions.get(id));
            if (version.stage == Stage.COMPLETED) {
                line.add(id);
            }
            id = version.parent;
        }
        return line;
    }

    /** Those that leave the trash: all that nothing keeps, or only those whose time has come. */
    List<Version> leaving(boolean early, Instant now) {
        return at(Stage.TRASHED).stream()
                .filter(version ->
                        early || !Objects.requireNonNull(version.purgeAfter).isAfter(now))
                .filter(version -> !isProtected(version.id, now))
                .toList();
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
        List<Instant> ends = new ArrayList<>();
        tags.values().forEach(mark -> add(ends, mark.ends()));
        holds.values().forEach(mark -> add(ends, mark.ends()));
        at(Stage.TRASHED).forEach(version -> add(ends, version.purgeAfter));
        return ends.stream().filter(end -> end.isAfter(after)).min(Instant::compareTo);
    }

    private static void add(List<Instant> ends, @Nullable Instant end) {
        if (end != null) {
            ends.add(end);
        }
    }
}
