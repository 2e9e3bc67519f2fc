package io.strandline.retention;

import io.strandline.snapshot.SnapshotId;
import java.util.List;
import java.util.Map;

/**
 * A branch's versions as a policy sees them; trashed and purged ones are left out.
 *
 * @param branch the branch's name
 * @param line its head and the head's ancestors, newest first
 * @param offLine versions no branch's head descends from, newest first
 * @param protections what protects each version, floors excepted
 */
public record BranchHistory(
        String branch, List<Candidate> line, List<Candidate> offLine, Map<SnapshotId, List<Protection>> protections) {

    public BranchHistory {
        line = List.copyOf(line);
        offLine = List.copyOf(offLine);
        protections = Map.copyOf(protections);
    }
}
