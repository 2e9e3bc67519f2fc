package io.strandline.retention.gc;

import io.strandline.snapshot.SnapshotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a collection was asked for, as it is kept with its operation.
 *
 * @param snapshots ids of the only versions to purge, null for all that may go
 */
record PurgeRequest(GcRun.Mode mode, @Nullable List<String> snapshots, boolean skipQuarantine) {

    PurgeRequest {
        snapshots = snapshots == null ? null : List.copyOf(snapshots);
    }

    static PurgeRequest of(GcOrder order) {
        List<SnapshotId> chosen = order.snapshots();
        List<String> ids = chosen == null
                ? null
                : chosen.stream().map(SnapshotId::toString).toList();
        return new PurgeRequest(order.mode(), ids, order.skipQuarantine());
    }

    @Nullable
    List<SnapshotId> ids() {
        return snapshots == null
                ? null
                : snapshots.stream().map(SnapshotId::parse).toList();
    }
}
