package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.runner.OutputPlaces;
import io.strandline.snapshot.SnapshotId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Chooses what leaves the trash, and has it purged. */
@Component
final class TrashEmptier {

    private static final int PAGE = 500;

    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final Purger purger;
    private final TrashedBranches branches;
    private final WithdrawnOutput withdrawn;
    private final Clock clock;

    TrashEmptier(
            Catalog catalog,
            Housekeeping housekeeping,
            Purger purger,
            TrashedBranches branches,
            WithdrawnOutput withdrawn,
            Clock clock) {
        this.branches = branches;
        this.withdrawn = withdrawn;
        this.catalog = catalog;
        this.housekeeping = housekeeping;
        this.purger = purger;
        this.clock = clock;
    }

    /** Whether anything is due by itself. */
    boolean hasWork() {
        Instant now = clock.instant();
        return !housekeeping.dueForPurge(now, 1).isEmpty()
                || !housekeeping.jobsDueForPurge(now).isEmpty()
                || branches.due();
    }

    /** Purges what the order asks for (in a dry run only counts it) and returns what is left of it. */
    List<Remains> empty(GcOrder order, Tally tally) {
        List<Remains> left = new ArrayList<>();
        Set<String> jobsGone = new HashSet<>();
        if (order.snapshots() == null) {
            for (Job job : jobs(order.early())) {
                if (order.concerns(job.trashed())) {
                    purgeJob(job, order, tally, left).ifPresent(jobsGone::add);
                }
            }
        }
        branches.purge(order);
        emptyOfVersions(order, jobsGone, tally, left);
        left.stream()
                .map(remains -> remains.manifest().folder())
                .distinct()
                .filter(job -> !jobsGone.contains(job))
                .forEach(withdrawn::versionsPurged);
        return left;
    }

    private void emptyOfVersions(GcOrder order, Set<String> jobsGone, Tally tally, List<Remains> left) {
        List<SnapshotId> wouldGo = new ArrayList<>();
        versions(order).stream()
                .filter(version -> !jobsGone.contains(version.jobId()) && order.concerns(version.trashed()))
                .collect(Collectors.groupingBy(Snapshot::jobId, LinkedHashMap::new, Collectors.toList()))
                .forEach((jobId, versions) -> {
                    List<Snapshot> free = withoutObstacle(jobId, versions, tally);
                    if (order.dryRun()) {
                        tally.purgedVersions(free.size());
                        free.forEach(version -> wouldGo.add(version.id()));
                    } else {
                        List<Remains> remains = purger.purge(jobId, free, order.early(), order.cause());
                        tally.purgedVersions(remains.size());
                        left.addAll(remains);
                    }
                });
        if (!wouldGo.isEmpty()) {
            tally.wouldCondemn(housekeeping.roomOf(wouldGo));
        }
    }

    private Optional<String> purgeJob(Job job, GcOrder order, Tally tally, List<Remains> left) {
        if (order.dryRun()) {
            tally.purgedJob();
            return Optional.empty();
        }
        OutputPlaces places = withdrawn.places(job.id());
        Optional<List<Remains>> purged = purger.purge(job, order.early(), order.cause());
        purged.ifPresent(remains -> {
            withdrawn.jobPurged(job.id(), places);
            tally.purgedJob();
            tally.purgedVersions(remains.size());
            left.addAll(remains);
        });
        return purged.map(remains -> job.id());
    }

    private List<Snapshot> withoutObstacle(String jobId, List<Snapshot> versions, Tally tally) {
        Purger.Obstacles obstacles = purger.obstacles(jobId);
        List<Snapshot> free = new ArrayList<>();
        for (Snapshot version : versions) {
            String obstacle = obstacles.to(version.id());
            if (obstacle == null) {
                free.add(version);
            } else {
                tally.skipped(version.id() + " (number " + version.number() + "): " + obstacle);
            }
        }
        return free;
    }

    private List<Job> jobs(boolean early) {
        if (!early) {
            return housekeeping.jobsDueForPurge(clock.instant());
        }
        List<Job> all = new ArrayList<>();
        List<Job> page;
        String before = null;
        do {
            page = catalog.jobs(true, before, PAGE);
            all.addAll(page);
            before = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return all;
    }

    private List<Snapshot> versions(GcOrder order) {
        List<SnapshotId> chosen = order.snapshots();
        if (chosen != null) {
            return chosen.stream().flatMap(id -> catalog.snapshot(id).stream()).toList();
        }
        if (!order.early()) {
            return housekeeping.dueForPurge(clock.instant(), Integer.MAX_VALUE);
        }
        List<Snapshot> all = new ArrayList<>();
        List<Snapshot> page;
        SnapshotId before = null;
        do {
            page = housekeeping.trashed(before, PAGE);
            all.addAll(page);
            before = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return all;
    }
}
