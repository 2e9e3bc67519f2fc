package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Purges trashed versions and jobs: an entry for each version or for up to 1,000 of a job, after which their files may go. */
@Component
final class Purger {

    private static final int PAGE = 500;
    private static final int MOST_PER_ENTRY = 1_000;

    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final Ledger ledger;
    private final Clock clock;

    Purger(Catalog catalog, Housekeeping housekeeping, Ledger ledger, Clock clock) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Purges a version if it is in the trash, and due unless {@code early}.
     *
     * @return what is left of it, empty when it stays
     */
    Optional<Remains> purge(Snapshot listed, boolean early, Cause cause) {
        return ledger.change(new Ledger.Scope.OfJob(listed.jobId()), cause, changes -> {
            Optional<Snapshot> version = catalog.snapshot(listed.id());
            if (version.isEmpty() || !mayGo(version.get(), early)) {
                return Optional.empty();
            }
            Remains remains = remains(version.get());
            changes.record(new SnapshotPurged(listed.id(), clock.instant()));
            return Optional.of(remains);
        });
    }

    /** Why a trashed version may not be purged, null when it may. */
    @Nullable
    String obstacle(Snapshot version) {
        if (!catalog.tagsOf(version.id()).isEmpty()) {
            return "a tag names it";
        }
        if (!catalog.holdsOf(version.id()).isEmpty()) {
            return "a hold lies on it";
        }
        boolean head = catalog.branches(version.jobId()).stream()
                .anyMatch(branch -> version.id().equals(branch.head()));
        return head ? "it is the head of a branch" : null;
    }

    /**
     * Purges a trashed job and all its versions, if it is due or {@code early}; empty when it stays. The oldest versions go
     * first, so that a job undeleted between two entries still has its newest.
     */
    Optional<List<Remains>> purge(Job job, boolean early, Cause cause) {
        List<Remains> all = new ArrayList<>();
        boolean gone = false;
        while (!gone) {
            Optional<Part> part = purgePart(job, early, cause);
            if (part.isEmpty()) {
                return all.isEmpty() ? Optional.empty() : Optional.of(all);
            }
            all.addAll(part.get().remains());
            gone = part.get().last();
        }
        return Optional.of(all);
    }

    /** What one entry purged of a job; with the last the job itself. */
    private record Part(List<Remains> remains, boolean last) {}

    private Optional<Part> purgePart(Job job, boolean early, Cause cause) {
        return ledger.change(new Ledger.Scope.OfJob(job.id()), cause, changes -> {
            Trashed trashed = catalog.job(job.id()).map(Job::trashed).orElse(null);
            if (trashed == null || (!early && trashed.purgeAfter().isAfter(clock.instant()))) {
                return Optional.empty();
            }
            List<Snapshot> newestFirst = remaining(job.id());
            boolean last = newestFirst.size() <= MOST_PER_ENTRY;
            List<Remains> remains = new ArrayList<>();
            for (Snapshot version :
                    newestFirst.subList(Math.max(0, newestFirst.size() - MOST_PER_ENTRY), newestFirst.size())) {
                remains.add(remains(version));
                changes.record(new SnapshotPurged(version.id(), clock.instant()));
            }
            if (last) {
                changes.record(new JobPurged(job.id()));
            }
            return Optional.of(new Part(remains, last));
        });
    }

    private boolean mayGo(Snapshot version, boolean early) {
        Trashed trashed = version.trashed();
        Instant now = clock.instant();
        return version.state() == Snapshot.State.TRASHED
                && (early || (trashed != null && !trashed.purgeAfter().isAfter(now)))
                && obstacle(version) == null;
    }

    private Remains remains(Snapshot version) {
        Set<Digest> files = housekeeping.files(version.id()).stream()
                .map(Housekeeping.NamedFile::digest)
                .collect(Collectors.toSet());
        return new Remains(version.id(), new ManifestName(version.jobId(), version.number()), version.durable(), files);
    }

    private List<Snapshot> remaining(String jobId) {
        Set<Snapshot.State> states = Set.of(Snapshot.State.COMPLETED, Snapshot.State.TRASHED);
        List<Snapshot> all = new ArrayList<>();
        List<Snapshot> page;
        Long before = null;
        do {
            page = catalog.snapshots(
                    new SnapshotQuery(jobId, null, Set.of(), states, Map.of(), null, null, before, PAGE));
            all.addAll(page);
            before = page.isEmpty() ? null : page.get(page.size() - 1).number();
        } while (page.size() == PAGE);
        return all;
    }
}
