package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.snapshot.SnapshotId;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Purges trashed versions and jobs: an entry for up to 100 versions of a job or 1,000 of one that goes altogether, after which their files may go. */
@Component
final class Purger {

    private static final int PAGE = 500;
    private static final int VERSIONS_AN_ENTRY = 100;
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
     * Purges those of a job's versions that are in the trash, and due unless {@code early}: up to 100 an entry, so that
     * nobody waits long for the job.
     *
     * @return what is left of those that went
     */
    List<Remains> purge(String jobId, List<Snapshot> listed, boolean early, Cause cause) {
        List<Remains> all = new ArrayList<>();
        for (int from = 0; from < listed.size(); from += VERSIONS_AN_ENTRY) {
            List<Snapshot> some = listed.subList(from, Math.min(listed.size(), from + VERSIONS_AN_ENTRY));
            all.addAll(ledger.change(new Ledger.Scope.OfJob(jobId), cause, changes -> {
                Obstacles obstacles = obstacles(jobId);
                return purge(
                        some.stream()
                                .flatMap(version -> catalog.snapshot(version.id()).stream())
                                .filter(version -> mayGo(version, early, obstacles))
                                .toList(),
                        changes);
            }));
        }
        return all;
    }

    private List<Remains> purge(List<Snapshot> versions, Ledger.Changes changes) {
        Map<SnapshotId, List<Housekeeping.NamedFile>> files =
                housekeeping.filesOf(versions.stream().map(Snapshot::id).toList());
        List<Remains> remains = new ArrayList<>();
        for (Snapshot version : versions) {
            remains.add(remains(version, files.getOrDefault(version.id(), List.of())));
            changes.record(new SnapshotPurged(version.id(), clock.instant()));
        }
        return remains;
    }

    /** What keeps versions of a job in the trash. */
    Obstacles obstacles(String jobId) {
        return new Obstacles(
                catalog.tags(jobId).stream().map(Tag::snapshot).collect(Collectors.toSet()),
                catalog.holds(jobId).stream().map(Hold::snapshot).collect(Collectors.toSet()),
                catalog.branches(jobId).stream()
                        .flatMap(branch -> Stream.ofNullable(branch.head()))
                        .collect(Collectors.toSet()));
    }

    /** Versions of a job that names or holds point at. */
    record Obstacles(Set<SnapshotId> tagged, Set<SnapshotId> held, Set<SnapshotId> heads) {

        /** Why a trashed version may not be purged, null when it may. */
        @Nullable
        String to(SnapshotId id) {
            if (tagged.contains(id)) {
                return "a tag names it";
            }
            if (held.contains(id)) {
                return "a hold lies on it";
            }
            return heads.contains(id) ? "it is the head of a branch" : null;
        }
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
            List<Remains> remains = purge(
                    newestFirst.subList(Math.max(0, newestFirst.size() - MOST_PER_ENTRY), newestFirst.size()), changes);
            if (last) {
                changes.record(new JobPurged(job.id()));
            }
            return Optional.of(new Part(remains, last));
        });
    }

    private boolean mayGo(Snapshot version, boolean early, Obstacles obstacles) {
        Trashed trashed = version.trashed();
        Instant now = clock.instant();
        return version.state() == Snapshot.State.TRASHED
                && (early || (trashed != null && !trashed.purgeAfter().isAfter(now)))
                && obstacles.to(version.id()) == null;
    }

    private static Remains remains(Snapshot version, List<Housekeeping.NamedFile> files) {
        Set<Digest> digests = files.stream().map(Housekeeping.NamedFile::digest).collect(Collectors.toSet());
        return new Remains(
                version.id(), new ManifestName(version.jobId(), version.number()), version.durable(), digests);
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
