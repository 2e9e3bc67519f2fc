package io.strandline.retention;

import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A branch's versions as a policy sees them; trashed and purged ones are left out.
 *
 * @param branch the branch's name, null for what is left of deleted branches
 * @param line its head and the head's ancestors, newest first
 * @param offLine versions the branch produced that no branch's head descends from, newest first
 * @param protections what protects each version, floors excepted
 * @param files the files that each version of the line names; needed only under a policy with {@code cap.maxBytes}
 */
public record BranchHistory(
        @Nullable String branch,
        List<Candidate> line,
        List<Candidate> offLine,
        Map<SnapshotId, List<Protection>> protections,
        Map<SnapshotId, List<FileUse>> files) {

    public BranchHistory {
        line = List.copyOf(line);
        offLine = List.copyOf(offLine);
        protections = Map.copyOf(protections);
        files = Map.copyOf(files);
    }

    /** The same with some versions gone. */
    public BranchHistory without(Set<SnapshotId> gone) {
        return new BranchHistory(branch, left(line, gone), left(offLine, gone), protections, files);
    }

    private static List<Candidate> left(List<Candidate> versions, Set<SnapshotId> gone) {
        return versions.stream().filter(version -> !gone.contains(version.id())).toList();
    }

    /** A file that a version names. */
    public record FileUse(Digest digest, long sizeBytes) {}
}
