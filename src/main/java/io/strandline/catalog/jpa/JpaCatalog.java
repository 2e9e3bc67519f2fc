package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.Policy;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.rows.FileReads;
import io.strandline.snapshot.SnapshotId;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is true now, from the tables. */
final class JpaCatalog implements Catalog {

    private final Queries queries;
    private final FileReads files;
    private final LiveReferences references;

    JpaCatalog(Queries queries, FileReads files, Clock clock) {
        this.queries = queries;
        this.files = files;
        this.references = new LiveReferences(queries, clock);
    }

    @Override
    public Optional<Job> jobNamed(String name) {
        return queries.from(JobRow.class).and("e.liveName = ?", name).first().map(JobRow::value);
    }

    @Override
    public Optional<Job> job(String jobId) {
        return queries.find(JobRow.class, jobId).filter(row -> !row.purged).map(JobRow::value);
    }

    @Override
    public List<Job> jobs(boolean trashed, @Nullable String beforeId, int limit) {
        return queries
                .from(JobRow.class)
                .and("e.purged = false")
                .and(trashed ? "e.trashedAt is not null" : "e.trashedAt is null")
                .and("e.id < ?", beforeId)
                .orderBy("e.id desc")
                .list(limit)
                .stream()
                .map(JobRow::value)
                .toList();
    }

    @Override
    public Optional<Branch> branch(String jobId, String name) {
        return queries.find(BranchRow.class, new BranchRow.Key(jobId, name))
                .filter(row -> row.trashedAt == null)
                .map(BranchRow::value);
    }

    @Override
    public List<Branch> branches(String jobId) {
        return branchesWhere("e.trashedAt is null", jobId);
    }

    @Override
    public List<Branch> trashedBranches(String jobId) {
        return branchesWhere("e.trashedAt is not null", jobId);
    }

    private List<Branch> branchesWhere(String condition, String jobId) {
        return queries.from(BranchRow.class).and(condition).and("e.jobId = ?", jobId).list().stream()
                .map(BranchRow::value)
                .sorted(Comparator.comparing(Branch::name))
                .toList();
    }

    @Override
    public Optional<PipelineVersion> pipeline(String jobId, int version) {
        return queries.find(PipelineRow.class, new PipelineRow.Key(jobId, version))
                .map(PipelineRow::value);
    }

    @Override
    public int newestPipeline(String jobId) {
        return queries.from(PipelineRow.class)
                .and("e.jobId = ?", jobId)
                .orderBy("e.version desc")
                .first()
                .map(row -> row.version)
                .orElse(0);
    }

    @Override
    public Optional<Snapshot> snapshot(SnapshotId id) {
        return queries.find(SnapshotRow.class, id.toString()).map(SnapshotRow::value);
    }

    @Override
    public Optional<Snapshot> snapshot(String jobId, long number) {
        return queries.from(SnapshotRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.number = ?", number)
                .first()
                .map(SnapshotRow::value);
    }

    @Override
    public List<Snapshot> snapshots(SnapshotQuery query) {
        Queries.Select<SnapshotRow> select = queries.from(SnapshotRow.class)
                .and("e.jobId = ?", query.jobId())
                .and("e.branch = ?", query.branch())
                .and("e.kind in ?", query.kinds().isEmpty() ? null : query.kinds())
                .and("e.completedAt >= ?", query.since())
                .and("e.completedAt < ?", query.until())
                .and("e.number < ?", query.beforeNumber());
        query.labels().forEach(select::andLabel);
        return SnapshotRow.inStates(select, query.states()).list(query.limit()).stream()
                .map(SnapshotRow::value)
                .toList();
    }

    @Override
    public Map<SnapshotId, Long> exclusiveBytes(Collection<SnapshotId> ids) {
        return Queries.guarded(() -> files.exclusiveBytes(ids));
    }

    @Override
    public long newestEpoch(String jobId) {
        return queries.from(InstanceRow.class)
                .and("e.jobId = ?", jobId)
                .orderBy("e.jobId, e.epoch desc")
                .first()
                .map(row -> row.epoch)
                .orElse(0L);
    }

    @Override
    public Optional<Tag> tag(String jobId, String name) {
        return references
                .rows(TagRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.name = ?", name)
                .first()
                .map(TagRow::value);
    }

    @Override
    public List<Tag> tags(String jobId) {
        return references.tags("e.jobId = ?", jobId);
    }

    @Override
    public List<Tag> tagsOf(SnapshotId id) {
        return references.tags("e.snapshotId = ?", id.toString());
    }

    @Override
    public List<Tag> tagsOf(Collection<SnapshotId> ids) {
        return ids.isEmpty()
                ? List.of()
                : references.tags(
                        "e.snapshotId in ?",
                        ids.stream().map(SnapshotId::toString).toList());
    }

    @Override
    public List<Hold> holdsOf(SnapshotId id) {
        return references.holds("e.snapshotId = ?", id.toString());
    }

    @Override
    public List<Hold> holds(String jobId) {
        return references.holds("e.jobId = ?", jobId);
    }

    @Override
    public Optional<Hold> hold(String jobId, String holdId) {
        return references.holds("e.id = ?", holdId).stream()
                .filter(hold -> hold.jobId().equals(jobId))
                .findFirst();
    }

    @Override
    public List<Hold> systemHolds(String prefix) {
        return references.holds("e.kind = ?", Hold.Kind.SYSTEM).stream()
                .filter(hold -> hold.owner() != null && hold.owner().startsWith(prefix))
                .toList();
    }

    @Override
    public Optional<Policy> policy(Policy.Owner owner) {
        return queries.find(PolicyRow.class, PolicyRow.key(owner)).map(PolicyRow::value);
    }

    @Override
    public List<Policy> policies() {
        return queries.from(PolicyRow.class).orderBy("e.levelKey").list().stream()
                .map(PolicyRow::value)
                .toList();
    }

    /** Tags and holds that have not expired. */
    private record LiveReferences(Queries queries, Clock clock) {

        <T> Queries.Select<T> rows(Class<T> type) {
            return queries.from(type).and("(e.expiresAt is null or e.expiresAt > ?)", clock.instant());
        }

        List<Tag> tags(String condition, Object value) {
            return rows(TagRow.class).and(condition, value).list().stream()
                    .map(TagRow::value)
                    .sorted(Comparator.comparing(Tag::name))
                    .toList();
        }

        List<Hold> holds(String condition, Object value) {
            return rows(HoldRow.class).and(condition, value).orderBy("e.placedAt, e.id").list().stream()
                    .map(HoldRow::value)
                    .toList();
        }
    }
}
