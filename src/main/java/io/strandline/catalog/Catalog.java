package io.strandline.catalog;

import io.strandline.snapshot.SnapshotId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of what is true now. Inside a {@link Ledger.Decision} they see its transaction, elsewhere the last committed one. */
public interface Catalog {

    /** A job that is not purged, by name. */
    Optional<Job> jobNamed(String name);

    /** A job by id, purged ones excluded. */
    Optional<Job> job(String jobId);

    /** Jobs in the trash, or else those that are not, newest id first, below {@code beforeId} when given. */
    List<Job> jobs(boolean trashed, @Nullable String beforeId, int limit);

    /** A branch that is not in the trash. */
    Optional<Branch> branch(String jobId, String name);

    /** A job's branches by name, without those in the trash. */
    List<Branch> branches(String jobId);

    /** A job's branches in the trash, by name. */
    List<Branch> trashedBranches(String jobId);

    /** A job's pipeline document of some version. */
    Optional<PipelineVersion> pipeline(String jobId, int version);

    /** The number of a job's newest pipeline version. */
    int newestPipeline(String jobId);

    /** A version in any state. */
    Optional<Snapshot> snapshot(SnapshotId id);

    /** A version in any state by job and number. */
    Optional<Snapshot> snapshot(String jobId, long number);

    /** A job's versions as a list wants them. */
    List<Snapshot> snapshots(SnapshotQuery query);

    /** Bytes of files that no other version that is not purged names, for each of {@code ids}. */
    Map<SnapshotId, Long> exclusiveBytes(Collection<SnapshotId> ids);

    /** The largest epoch ever granted in a job, 0 before the first. */
    long newestEpoch(String jobId);

    /** A tag that has not expired. */
    Optional<Tag> tag(String jobId, String name);

    /** A job's tags by name. */
    List<Tag> tags(String jobId);

    /** The live tags of a version. */
    List<Tag> tagsOf(SnapshotId id);

    /** The live tags of any of some versions, by name. */
    List<Tag> tagsOf(Collection<SnapshotId> ids);

    /** The holds of a version that have not expired. */
    List<Hold> holdsOf(SnapshotId id);

    /** A job's holds on all its versions that have not expired. */
    List<Hold> holds(String jobId);

    /** A hold that has not expired. */
    Optional<Hold> hold(String jobId, String holdId);

    /** SYSTEM holds whose owner begins with {@code prefix}, such as {@code operation:}, of all jobs. */
    List<Hold> systemHolds(String prefix);

    /** The policy saved at a level. */
    Optional<Policy> policy(Policy.Owner owner);

    /** Every saved policy. */
    List<Policy> policies();
}
