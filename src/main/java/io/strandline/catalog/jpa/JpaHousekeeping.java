package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.Tag;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Outline;
import io.strandline.catalog.rows.FileReads;
import io.strandline.catalog.rows.OutlineReads;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What retention and garbage collection ask, from the tables and from what the tables have yet to learn. */
final class JpaHousekeeping implements Housekeeping {

    private static final String EXPIRED = "e.expiresAt <= ?";

    private final Queries queries;
    private final FileReads files;
    private final OutlineReads outlines;
    private final Predicate<Digest> namedSoon;

    /** @param namedSoon whether a version that the tables have yet to learn of names a file */
    JpaHousekeeping(Queries queries, FileReads files, OutlineReads outlines, Predicate<Digest> namedSoon) {
        this.queries = queries;
        this.files = files;
        this.outlines = outlines;
        this.namedSoon = namedSoon;
    }

    /** Asks what waits before the tables: an entry leaves the one only once it is in the other. */
    @Override
    public boolean named(Digest digest) {
        return namedSoon.test(digest) || Queries.guarded(() -> files.named(digest));
    }

    @Override
    public Set<Digest> unnamed(Collection<Digest> digests) {
        Set<Digest> soon = digests.stream().filter(namedSoon).collect(Collectors.toSet());
        Set<Digest> unnamed = Queries.guarded(() -> files.unnamed(digests));
        unnamed.removeAll(soon);
        return unnamed;
    }

    @Override
    public List<Snapshot> versionsNaming(Digest digest) {
        return Queries.guarded(() -> files.versionsNaming(digest)).stream()
                .flatMap(id -> queries.find(SnapshotRow.class, id).stream())
                .map(SnapshotRow::value)
                .toList();
    }

    @Override
    public List<NamedFile> files(SnapshotId id) {
        return Queries.guarded(() -> files.of(id));
    }

    @Override
    public Map<SnapshotId, List<NamedFile>> filesOf(Collection<SnapshotId> ids) {
        return Queries.guarded(() -> files.of(ids));
    }

    @Override
    public Room roomOf(Collection<SnapshotId> ids) {
        return Queries.guarded(() -> files.onlyNamedBy(ids));
    }

    @Override
    public Map<Digest, Sharing> sharing(Snapshot version) {
        return Queries.guarded(() -> files.sharing(version));
    }

    @Override
    public List<Use> uses(String jobId) {
        return Queries.guarded(() -> files.uses(jobId));
    }

    @Override
    public List<Outline> outlines(String jobId, boolean labelled) {
        return Queries.guarded(() -> outlines.of(jobId, labelled));
    }

    @Override
    public List<Snapshot> trashed(@Nullable SnapshotId beforeId, int limit) {
        return queries
                .from(SnapshotRow.class)
                .and("e.state = ?", State.TRASHED)
                .and("e.id < ?", beforeId == null ? null : beforeId.toString())
                .orderBy("e.id desc")
                .list(limit)
                .stream()
                .map(SnapshotRow::value)
                .toList();
    }

    @Override
    public List<Snapshot> purged(String jobId, Collection<Long> numbers) {
        return queries
                .from(SnapshotRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.state = ?", State.PURGED)
                .and("e.number in ?", numbers)
                .list()
                .stream()
                .map(SnapshotRow::value)
                .toList();
    }

    @Override
    public List<Snapshot> dueForPurge(Instant at, int limit) {
        return queries
                .from(SnapshotRow.class)
                .and("e.state = ?", State.TRASHED)
                .and("e.purgeAfter <= ?", at)
                .orderBy("e.purgeAfter, e.id")
                .list(limit)
                .stream()
                .map(SnapshotRow::value)
                .toList();
    }

    @Override
    public List<Job> jobsDueForPurge(Instant at) {
        return queries
                .from(JobRow.class)
                .and("e.purged = false and e.trashedAt is not null")
                .and("e.purgeAfter <= ?", at)
                .orderBy("e.purgeAfter, e.id")
                .list()
                .stream()
                .map(JobRow::value)
                .toList();
    }

    @Override
    public List<Branch> branchesInTrash(@Nullable Instant at) {
        return queries
                .from(BranchRow.class)
                .and("e.trashedAt is not null and e.jobId in (select j.id from JobRow j where j.trashedAt is null)")
                .and("e.purgeAfter <= ?", at)
                .orderBy("e.jobId, e.name")
                .list()
                .stream()
                .map(BranchRow::value)
                .toList();
    }

    @Override
    public List<String> outputPaths(String jobId) {
        return Queries.guarded(() -> files.outputPaths(jobId));
    }

    @Override
    public List<Tag> expiredTags(Instant at) {
        return queries.from(TagRow.class).and(EXPIRED, at).orderBy("e.expiresAt, e.name").list().stream()
                .map(TagRow::value)
                .toList();
    }

    @Override
    public List<Hold> expiredHolds(Instant at) {
        return queries.from(HoldRow.class).and(EXPIRED, at).orderBy("e.expiresAt, e.id").list().stream()
                .map(HoldRow::value)
                .toList();
    }
}
