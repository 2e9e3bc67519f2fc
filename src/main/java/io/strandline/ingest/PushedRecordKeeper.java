package io.strandline.ingest;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.intake.RecordIntake;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets pushed records go that no version of their job goes on from any more. Versions in the trash count, since they may come
 * back; without any version everything is kept.
 */
@Component
final class PushedRecordKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(PushedRecordKeeper.class);
    private static final int PAGE = 500;

    private final Catalog catalog;
    private final StoredVersions versions;
    private final RecordIntake intake;
    private final Map<SnapshotId, List<SourcePosition>> known = new HashMap<>();

    PushedRecordKeeper(Catalog catalog, StoredVersions versions, RecordIntake intake) {
        this.catalog = catalog;
        this.versions = versions;
        this.intake = intake;
    }

    /** Looks at every job that records were pushed to. Called by one thread at a time. */
    void tidy() {
        try {
            Set<SnapshotId> needed = new HashSet<>();
            for (String jobId : intake.jobs()) {
                if (catalog.job(jobId).isEmpty()) {
                    intake.forget(jobId);
                } else {
                    needed.addAll(tidy(jobId));
                }
            }
            known.keySet().retainAll(needed);
        } catch (StrandlineException unreadable) {
            LOG.warn("pushed records are kept for now: {}", unreadable.getMessage());
        }
    }

    private Set<SnapshotId> tidy(String jobId) {
        List<String> sources = intake.crowded(jobId);
        if (sources.isEmpty()) {
            return Set.of();
        }
        List<Snapshot> all = versionsOf(jobId);
        for (String source : sources) {
            List<List<SourcePosition>> positions =
                    all.stream().map(this::positions).toList();
            intake.release(jobId, source, OldestPositions.of(source, positions));
        }
        return new HashSet<>(all.stream().map(Snapshot::id).toList());
    }

    private List<SourcePosition> positions(Snapshot version) {
        return known.computeIfAbsent(
                version.id(), id -> versions.manifest(version).content().sources());
    }

    private List<Snapshot> versionsOf(String jobId) {
        Set<Snapshot.State> states = Set.of(Snapshot.State.COMPLETED, Snapshot.State.TRASHED);
        List<Snapshot> all = new ArrayList<>();
        List<Snapshot> page;
        Long before = null;
        do {
            page = catalog.snapshots(
                    new SnapshotQuery(jobId, null, Set.of(), states, Map.of(), null, null, before, PAGE));
            page.stream()
                    .filter(version -> version.condition() != Snapshot.Condition.LOST)
                    .forEach(all::add);
            before = page.isEmpty() ? null : page.get(page.size() - 1).number();
        } while (page.size() == PAGE);
        return all;
    }
}
