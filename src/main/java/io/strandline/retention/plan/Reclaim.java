package io.strandline.retention.plan;

import io.strandline.catalog.history.Housekeeping;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Works out what space would be free if some versions were gone. */
@Component
final class Reclaim {

    private final Housekeeping housekeeping;

    Reclaim(Housekeeping housekeeping) {
        this.housekeeping = housekeeping;
    }

    /** Files that no version outside {@code gone} names. */
    Space of(Set<SnapshotId> gone) {
        Map<Digest, Long> candidates = new HashMap<>();
        for (SnapshotId id : gone) {
            housekeeping.files(id).forEach(file -> candidates.put(file.digest(), file.sizeBytes()));
        }
        int files = 0;
        long bytes = 0;
        for (Map.Entry<Digest, Long> candidate : candidates.entrySet()) {
            boolean onlyTheirs = housekeeping.versionsNaming(candidate.getKey()).stream()
                    .allMatch(version -> gone.contains(version.id()));
            if (onlyTheirs) {
                files++;
                bytes += candidate.getValue();
            }
        }
        return new Space(files, bytes);
    }

    /** Files and their bytes. */
    record Space(int files, long bytes) {}
}
