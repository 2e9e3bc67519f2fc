package io.strandline.catalog.jpa;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Instance;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was, from the tables. */
final class JpaHistory implements History {

    private static final int STRETCH = 500;

    private final Queries queries;
    private final Supplier<Instant> newestEntryAt;

    JpaHistory(Queries queries, Supplier<Instant> newestEntryAt) {
        this.queries = queries;
        this.newestEntryAt = newestEntryAt;
    }

    @Override
    public List<Instance> instances(String jobId, @Nullable String branch, @Nullable Long beforeEpoch, int limit) {
        return queries
                .from(InstanceRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.branchPurged = false and e.branch = ?", branch)
                .and("e.epoch < ?", beforeEpoch)
                .orderBy("e.jobId, e.epoch desc")
                .list(limit)
                .stream()
                .map(InstanceRow::value)
                .toList();
    }

    @Override
    public Optional<Instance> newestInstance(String jobId, String branch) {
        return queries.from(InstanceRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.branchPurged = false and e.branch = ?", branch)
                .orderBy("e.jobId, e.epoch desc")
                .first()
                .map(InstanceRow::value);
    }

    @Override
    public List<Instance> openInstances() {
        return queries.from(InstanceRow.class).and("e.endedAt is null").orderBy("e.jobId, e.epoch").list().stream()
                .map(InstanceRow::value)
                .toList();
    }

    @Override
    public List<HeadEntry> reflog(String jobId, String branch, @Nullable Long beforeSequence, int limit) {
        return moves(jobId, branch, beforeSequence, null, limit);
    }

    @Override
    public List<HeadEntry> moves(String jobId, String branch, @Nullable Long beforeSequence, int limit) {
        return moves(jobId, branch, beforeSequence, JpaIndex.CHECKPOINT, limit);
    }

    private List<HeadEntry> moves(
            String jobId, String branch, @Nullable Long beforeSequence, @Nullable String without, int limit) {
        return queries
                .from(HeadMoveRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.branch = ?", branch)
                .and("e.sequence < ?", beforeSequence)
                .and("e.verb <> ?", without)
                .orderBy("e.jobId, e.branch, e.sequence desc")
                .list(limit)
                .stream()
                .map(HeadMoveRow::value)
                .toList();
    }

    @Override
    public Optional<HeadEntry> headAt(String jobId, String branch, Instant at) {
        return queries.from(HeadMoveRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.branch = ?", branch)
                .and("e.at <= ?", at)
                .orderBy("e.jobId, e.branch, e.at desc, e.sequence desc")
                .first()
                .map(HeadMoveRow::value);
    }

    /** Walks down the job's numbers in stretches: a parent's number is always below its child's. */
    @Override
    public List<Snapshot> ancestors(SnapshotId from, int limit) {
        List<Snapshot> line = new ArrayList<>();
        @Nullable
        SnapshotRow next = queries.find(SnapshotRow.class, from.toString()).orElse(null);
        List<SnapshotRow> stretch = List.of();
        int at = 0;
        while (next != null && line.size() < limit) {
            line.add(next.value());
            String parent = next.parentId;
            if (parent == null) {
                break;
            }
            while (at < stretch.size() && !stretch.get(at).id.equals(parent)) {
                at++;
            }
            if (at == stretch.size()) {
                stretch = below(next, Math.min(STRETCH, limit - line.size()));
                at = 0;
            }
            next = at < stretch.size() && stretch.get(at).id.equals(parent)
                    ? stretch.get(at)
                    : queries.find(SnapshotRow.class, parent).orElse(null);
        }
        return line;
    }

    private List<SnapshotRow> below(SnapshotRow row, int limit) {
        return queries.from(SnapshotRow.class)
                .and("e.jobId = ?", row.jobId)
                .and("e.number < ?", row.number)
                .orderBy("e.jobId, e.number desc")
                .list(limit);
    }

    /** Guesses that the numbers that follow are what comes after, and asks for the children of all of them at once. */
    @Override
    public List<Descendant> descendants(SnapshotId from, int depth, int limit) {
        List<Descendant> found = new ArrayList<>();
        Map<String, List<SnapshotRow>> children = new HashMap<>();
        Deque<Below> open = new ArrayDeque<>();
        queries.find(SnapshotRow.class, from.toString()).ifPresent(row -> open.add(new Below(row, 0)));
        while (!open.isEmpty() && found.size() < limit) {
            Below next = open.removeFirst();
            found.add(new Descendant(next.row().value(), next.distance()));
            if (next.distance() < depth) {
                if (!children.containsKey(next.row().id)) {
                    readChildren(next, open, Math.min(STRETCH, depth - next.distance()), children);
                }
                children.getOrDefault(next.row().id, List.of())
                        .forEach(child -> open.addLast(new Below(child, next.distance() + 1)));
            }
        }
        return found;
    }

    /** A version so many steps below the first. */
    private record Below(SnapshotRow row, int distance) {}

    private void readChildren(
            Below next, Collection<Below> open, int stretch, Map<String, List<SnapshotRow>> children) {
        Set<String> parents = new HashSet<>(Set.of(next.row().id));
        open.stream()
                .map(below -> below.row().id)
                .filter(id -> !children.containsKey(id))
                .limit(STRETCH)
                .forEach(parents::add);
        for (SnapshotRow row : above(next.row(), stretch)) {
            if (row.parentId != null && parents.contains(row.parentId) && !children.containsKey(row.id)) {
                parents.add(row.id);
            }
        }
        parents.forEach(id -> children.put(id, new ArrayList<>()));
        queries.from(SnapshotRow.class)
                .and("e.parentId in ?", parents)
                .orderBy("e.number")
                .list()
                .forEach(row -> children.computeIfAbsent(String.valueOf(row.parentId), any -> new ArrayList<>())
                        .add(row));
    }

    private List<SnapshotRow> above(SnapshotRow row, int limit) {
        return queries.from(SnapshotRow.class)
                .and("e.jobId = ?", row.jobId)
                .and("e.number > ?", row.number)
                .orderBy("e.jobId, e.number")
                .list(limit);
    }

    @Override
    public List<AuditEntry> audit(AuditFilter filter, @Nullable Long beforeSequence, int limit) {
        return audited(filter)
                .and("e.sequence < ?", beforeSequence)
                .orderBy(filter.jobId() == null ? "e.sequence desc" : "e.jobId, e.sequence desc")
                .list(limit)
                .stream()
                .map(AuditRow::value)
                .toList();
    }

    @Override
    public List<AuditEntry> auditAfter(AuditFilter filter, long afterSequence, long upTo, int limit) {
        return audited(filter)
                .and("e.sequence > ?", afterSequence)
                .and("e.sequence <= ?", upTo)
                .orderBy("e.sequence")
                .list(limit)
                .stream()
                .map(AuditRow::value)
                .toList();
    }

    @Override
    public long auditedAfter(long afterSequence) {
        return queries.from(AuditRow.class).and("e.sequence > ?", afterSequence).count();
    }

    @Override
    public long newestChange(String jobId) {
        return queries.from(AuditRow.class)
                .and("e.jobId = ?", jobId)
                .orderBy("e.jobId, e.sequence desc")
                .first()
                .map(row -> row.sequence)
                .orElse(0L);
    }

    private Queries.Select<AuditRow> audited(AuditFilter filter) {
        String reason = filter.reason();
        return queries.from(AuditRow.class)
                .and("e.jobId = ?", filter.jobId())
                .and("e.branch = ?", filter.branch())
                .and("e.actor = ?", filter.actor())
                .and("e.action = ?", filter.action())
                .and("locate(?, lower(e.reason)) > 0", reason == null ? null : reason.toLowerCase(Locale.ROOT))
                .and("e.requestId = ?", filter.requestId())
                .and("e.operationId = ?", filter.operationId())
                .and("e.subject = ?", filter.subject())
                .and("e.at >= ?", filter.since())
                .and("e.at < ?", filter.until());
    }

    @Override
    public Instant newestEntryAt() {
        return newestEntryAt.get();
    }
}
