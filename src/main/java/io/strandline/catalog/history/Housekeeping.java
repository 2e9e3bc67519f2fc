package io.strandline.catalog.history;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads for retention and garbage collection: which files versions name, what lies in the trash, what has expired. */
public interface Housekeeping {

    /**
     * Whether a version that is not purged names the file. A version whose entry is in the journal counts at once, even
     * while the catalog has yet to learn of it.
     */
    boolean named(Digest digest);

    /** Those of {@code digests} that no version names; else as {@link #named}. */
    Set<Digest> unnamed(Collection<Digest> digests);

    /** The versions that are not purged and name the file, oldest first. */
    List<Snapshot> versionsNaming(Digest digest);

    /** The files a version names, each once; none when it is purged. */
    List<NamedFile> files(SnapshotId id);

    /** The same of many versions at once. */
    Map<SnapshotId, List<NamedFile>> filesOf(Collection<SnapshotId> ids);

    /** Files that only these versions name: what would be free if all of them were gone. */
    Room roomOf(Collection<SnapshotId> ids);

    /**
     * A job's versions from the oldest COMPLETED one on, newest first, those in the trash and tombstones among them; none
     * when nothing is COMPLETED.
     *
     * @param labelled whether their labels are wanted, too; without, none has any
     */
    List<Outline> outlines(String jobId, boolean labelled);

    /** For each file of a version how many versions name it, of all jobs, and since which of its own job. */
    Map<Digest, Sharing> sharing(Snapshot version);

    /** Which files a job's versions name, once for each branch, kind and state of those that do. */
    List<Use> uses(String jobId);

    /** Versions in the trash of all jobs, newest id first, below {@code beforeId} when given. */
    List<Snapshot> trashed(@Nullable SnapshotId beforeId, int limit);

    /** Those of a job's versions with some numbers that are PURGED. */
    List<Snapshot> purged(String jobId, Collection<Long> numbers);

    /** Versions in the trash that may be purged at {@code at}, those due first leading. */
    List<Snapshot> dueForPurge(Instant at, int limit);

    /** Jobs in the trash that may be purged at {@code at}. */
    List<Job> jobsDueForPurge(Instant at);

    /** Branches in the trash of jobs that are not, those due at {@code at} or all when that is null. */
    List<Branch> branchesInTrash(@Nullable Instant at);

    /** Directories that sinks of a job's branches have ever been sent to, relative to the files root. */
    List<String> outputPaths(String jobId);

    /** Tags that have expired at {@code at} and are still there. */
    List<Tag> expiredTags(Instant at);

    /** Holds that have expired at {@code at} and are still there. */
    List<Hold> expiredHolds(Instant at);

    /**
     * A file of a version.
     *
     * @param role what it is there for, {@code RUN}
     */
    record NamedFile(Digest digest, long sizeBytes, String role) {}

    /** Files and their bytes. */
    record Room(int files, long bytes) {}

    /**
     * How widely a file is shared.
     *
     * @param versions that name it and are not purged, of all jobs
     * @param sinceNumber the lowest number among those of the job
     */
    record Sharing(long versions, long sinceNumber) {}

    /** A file that is named by versions of a branch, a kind and a state. */
    record Use(String branch, SnapshotKind kind, Snapshot.State state, Digest digest, long sizeBytes) {}
}
