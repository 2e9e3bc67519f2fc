package io.strandline.catalog.history;

import io.strandline.snapshot.SnapshotId;
import java.util.Collection;
import java.util.Map;

/** Tells of versions whether they will stay and why; whoever judges them by a policy implements it. */
public interface VersionOutlook {

    /**
     * What becomes of versions of a job: verdict, what protects and keeps them, why not, when they go.
     *
     * @return for each of {@code ids} that is not purged a value that becomes JSON
     */
    Map<SnapshotId, Object> outlook(String jobId, Collection<SnapshotId> ids);
}
