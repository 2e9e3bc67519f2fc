package io.strandline.retention.gc;

import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import java.util.Set;

/**
 * What is left of a purged version: its manifest, which stays until each of its files is named by another version or
 * condemned, so that a crash in between forgets none.
 *
 * @param durable which store it lies in
 */
record Remains(SnapshotId id, ManifestName manifest, boolean durable, Set<Digest> files) {

    Remains {
        files = Set.copyOf(files);
    }
}
