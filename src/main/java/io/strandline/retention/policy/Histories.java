package io.strandline.retention.policy;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Policy;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Instance;
import io.strandline.catalog.history.Outline;
import io.strandline.retention.BranchHistory;
import io.strandline.retention.BranchHistory.FileUse;
import io.strandline.retention.Candidate;
import io.strandline.retention.Protection;
import io.strandline.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads a job's versions as the engine wants them: each branch's line, what lies off it, what protects whom. A handful of
 * queries a job, however many versions it has; tombstones between two versions cost a row each.
 */
@Component
public final class Histories {

    private final Catalog catalog;
    private final History history;
    private final Housekeeping housekeeping;

    Histories(Catalog catalog, History history, Housekeeping housekeeping) {
        this.catalog = catalog;
        this.history = history;
        this.housekeeping = housekeeping;
    }

    /**
     * A job's history.
     *
     * @param book decides whether it takes the versions' files
     */
    public JobHistory of(String jobId, PolicyBook book) {
        Map<SnapshotId, Outline> all = new LinkedHashMap<>();
        List<Branch> branches = catalog.branches(jobId);
        housekeeping
                .outlines(jobId, anyByLabels(jobId, branches, book))
                .forEach(version -> all.put(version.id(), version));
        Map<SnapshotId, List<Protection>> protections = protections(jobId);
        Map<String, List<Candidate>> lines = new LinkedHashMap<>();
        Set<SnapshotId> onLine = new HashSet<>();
        for (Branch branch : branches) {
            List<Candidate> line = line(branch.head(), all);
            lines.put(branch.name(), line);
            line.forEach(version -> onLine.add(version.id()));
        }
        Map<String, List<Candidate>> offLine = new HashMap<>();
        List<Candidate> ofDeleted = new ArrayList<>();
        for (Outline version : all.values()) {
            if (version.state() == Snapshot.State.COMPLETED && !onLine.contains(version.id())) {
                (lines.containsKey(version.branch())
                                ? offLine.computeIfAbsent(version.branch(), name -> new ArrayList<>())
                                : ofDeleted)
                        .add(candidate(version));
            }
        }
        List<BranchHistory> histories = new ArrayList<>();
        lines.forEach((branch, line) -> histories.add(new BranchHistory(
                branch, line, offLine.getOrDefault(branch, List.of()), protections, files(jobId, branch, line, book))));
        if (!ofDeleted.isEmpty()) {
            histories.add(
                    new BranchHistory(null, ofDeleted, List.of(), protections, files(jobId, null, ofDeleted, book)));
        }
        return new JobHistory(jobId, histories, completed(all));
    }

    private static boolean anyByLabels(String jobId, List<Branch> branches, PolicyBook book) {
        return Stream.concat(
                        Stream.of(new Policy.Owner(jobId, null)),
                        branches.stream().map(branch -> new Policy.Owner(jobId, branch.name())))
                .anyMatch(owner -> book.effective(owner).policy().keep().labels() != null);
    }

    /** What protects a job's versions: heads, tags, holds and use. */
    public Map<SnapshotId, List<Protection>> protections(String jobId) {
        Map<SnapshotId, List<Protection>> all = new HashMap<>();
        heads(jobId, all);
        references(jobId, all);
        use(jobId, all);
        return all;
    }

    private void heads(String jobId, Map<SnapshotId, List<Protection>> all) {
        for (Branch branch : catalog.branches(jobId)) {
            add(
                    all,
                    branch.head(),
                    new Protection(Protection.Kind.HEAD, branch.name(), "head of branch " + branch.name(), null, null));
        }
        for (Branch branch : catalog.trashedBranches(jobId)) {
            Trashed trashed = branch.trashed();
            add(
                    all,
                    branch.head(),
                    new Protection(
                            Protection.Kind.HEAD,
                            branch.name(),
                            "head of branch " + branch.name() + ", which is in the trash",
                            null,
                            trashed == null ? null : trashed.purgeAfter()));
        }
    }

    private void references(String jobId, Map<SnapshotId, List<Protection>> all) {
        for (Tag tag : catalog.tags(jobId)) {
            String reason = tag.message() == null ? "tag " + tag.name() : tag.message();
            add(
                    all,
                    tag.snapshot(),
                    new Protection(Protection.Kind.TAG, tag.name(), reason, tag.createdBy(), tag.expiresAt()));
        }
        for (Hold hold : catalog.holds(jobId)) {
            add(
                    all,
                    hold.snapshot(),
                    new Protection(Protection.Kind.HOLD, hold.id(), hold.reason(), hold.placedBy(), hold.expiresAt()));
        }
    }

    private void use(String jobId, Map<SnapshotId, List<Protection>> all) {
        for (Instance instance : history.openInstances()) {
            if (instance.jobId().equals(jobId)) {
                String reason = "a running instance was restored from it";
                add(
                        all,
                        instance.restoredFrom(),
                        new Protection(Protection.Kind.INSTANCE, instance.id(), reason, null, null));
            }
        }
    }

    private static void add(Map<SnapshotId, List<Protection>> all, @Nullable SnapshotId id, Protection protection) {
        if (id != null) {
            all.computeIfAbsent(id, any -> new ArrayList<>()).add(protection);
        }
    }

    private Map<SnapshotId, List<FileUse>> files(
            String jobId, @Nullable String branch, List<Candidate> line, PolicyBook book) {
        if (book.effective(new Policy.Owner(jobId, branch)).policy().cap().maxBytes() == null) {
            return Map.of();
        }
        Map<SnapshotId, List<FileUse>> files = new HashMap<>();
        housekeeping
                .filesOf(line.stream().map(Candidate::id).toList())
                .forEach((id, named) -> files.put(
                        id,
                        named.stream()
                                .map(file -> new FileUse(file.digest(), file.sizeBytes()))
                                .toList()));
        return files;
    }

    private static Map<SnapshotId, Outline> completed(Map<SnapshotId, Outline> all) {
        return all.values().stream()
                .filter(version -> version.state() == Snapshot.State.COMPLETED)
                .collect(Collectors.toMap(Outline::id, version -> version));
    }

    /** Down the parents, over versions in the trash and tombstones; below the oldest COMPLETED version there is no outline. */
    private static List<Candidate> line(@Nullable SnapshotId head, Map<SnapshotId, Outline> all) {
        List<Candidate> line = new ArrayList<>();
        Outline at = head == null ? null : all.get(head);
        while (at != null) {
            if (at.state() == Snapshot.State.COMPLETED) {
                line.add(candidate(at));
            }
            SnapshotId parent = at.parent();
            at = parent == null ? null : all.get(parent);
        }
        return line;
    }

    private static Candidate candidate(Outline version) {
        return new Candidate(
                version.id(),
                version.number(),
                version.kind(),
                version.completedAt(),
                version.condition() == Snapshot.Condition.OK,
                version.verified(),
                version.labels());
    }
}
