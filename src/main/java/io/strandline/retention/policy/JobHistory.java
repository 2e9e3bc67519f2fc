package io.strandline.retention.policy;

import io.strandline.catalog.history.Outline;
import io.strandline.retention.BranchHistory;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import java.util.Map;

/**
 * A job's versions as retention sees them.
 *
 * @param jobId the job
 * @param lines one history a branch; last, where there are any, the versions of deleted branches as one line of no branch
 * @param outlines every COMPLETED version
 */
public record JobHistory(String jobId, List<BranchHistory> lines, Map<SnapshotId, Outline> outlines) {

    public JobHistory {
        lines = List.copyOf(lines);
        outlines = Map.copyOf(outlines);
    }
}
