package io.strandline.retention.policy;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Verification;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Instance;
import io.strandline.retention.BranchHistory;
import io.strandline.retention.Candidate;
import io.strandline.retention.Protection;
import io.strandline.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a job's versions as the engine wants them: each branch's line, what lies off it, what protects whom. */
@Component
public final class Histories {

    private static final int PAGE = 1_000;

    private final Catalog catalog;
    private final History history;

    Histories(Catalog catalog, History history) {
        this.catalog = catalog;
        this.history = history;
    }

    /** One history a branch; versions on no branch's line are off the line of the first. */
    public List<BranchHistory> of(String jobId) {
        List<Snapshot> completed = completed(jobId);
        long oldest =
                completed.isEmpty() ? 0 : completed.get(completed.size() - 1).number();
        Map<SnapshotId, List<Protection>> protections = protections(jobId);
        List<Branch> branches = catalog.branches(jobId);
        Map<String, List<Candidate>> lines = new HashMap<>();
        Set<SnapshotId> onLine = new HashSet<>();
        for (Branch branch : branches) {
            List<Candidate> line = line(branch.head(), oldest);
            lines.put(branch.name(), line);
            line.forEach(version -> onLine.add(version.id()));
        }
        List<Candidate> offLine = completed.stream()
                .filter(version -> !onLine.contains(version.id()))
                .map(Histories::candidate)
                .toList();
        List<BranchHistory> histories = new ArrayList<>();
        for (Branch branch : branches) {
            histories.add(new BranchHistory(
                    branch.name(),
                    lines.getOrDefault(branch.name(), List.of()),
                    histories.isEmpty() ? offLine : List.of(),
                    protections));
        }
        return histories;
    }

    /** What protects a job's versions: heads, tags, holds and use. */
    public Map<SnapshotId, List<Protection>> protections(String jobId) {
        Map<SnapshotId, List<Protection>> all = new HashMap<>();
        for (Branch branch : catalog.branches(jobId)) {
            add(
                    all,
                    branch.head(),
                    new Protection(Protection.Kind.HEAD, branch.name(), "head of branch " + branch.name(), null, null));
        }
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
        for (Instance instance : history.openInstances()) {
            if (instance.jobId().equals(jobId)) {
                add(
                        all,
                        instance.restoredFrom(),
                        new Protection(
                                Protection.Kind.INSTANCE,
                                instance.id(),
                                "a running instance was restored from it",
                                null,
                                null));
            }
        }
        return all;
    }

    private static void add(Map<SnapshotId, List<Protection>> all, @Nullable SnapshotId id, Protection protection) {
        if (id != null) {
            all.computeIfAbsent(id, any -> new ArrayList<>()).add(protection);
        }
    }

    private List<Snapshot> completed(String jobId) {
        List<Snapshot> all = new ArrayList<>();
        Long before = null;
        List<Snapshot> page;
        do {
            page = catalog.snapshots(new SnapshotQuery(
                    jobId, null, Set.of(), Set.of(Snapshot.State.COMPLETED), Map.of(), null, null, before, PAGE));
            all.addAll(page);
            before = page.isEmpty() ? null : page.get(page.size() - 1).number();
        } while (page.size() == PAGE);
        return all;
    }

    /** A parent's number is below its child's: nothing COMPLETED lies beyond {@code oldest}, so the walk ends there. */
    private List<Candidate> line(@Nullable SnapshotId head, long oldest) {
        List<Candidate> line = new ArrayList<>();
        SnapshotId from = head;
        while (from != null) {
            List<Snapshot> page = history.ancestors(from, PAGE);
            for (Snapshot version : page) {
                if (version.number() < oldest) {
                    return line;
                }
                if (version.state() == Snapshot.State.COMPLETED) {
                    line.add(candidate(version));
                }
            }
            from = page.size() < PAGE ? null : page.get(page.size() - 1).parent();
        }
        return line;
    }

    private static Candidate candidate(Snapshot version) {
        Verification verification = version.verification();
        boolean deep = verification.level() == Verification.Level.CHECKSUMS
                || verification.level() == Verification.Level.CONTENT;
        return new Candidate(
                version.id(),
                version.number(),
                version.kind(),
                version.completedAt(),
                version.condition() == Snapshot.Condition.OK,
                deep && verification.outcome() == Verification.Outcome.INTACT);
    }
}
