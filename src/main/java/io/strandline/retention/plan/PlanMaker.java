package io.strandline.retention.plan;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Policy;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Outline;
import io.strandline.retention.BranchHistory;
import io.strandline.retention.Candidate;
import io.strandline.retention.Verdict;
import io.strandline.retention.policy.Judgements;
import io.strandline.retention.policy.LiveJobs;
import io.strandline.retention.policy.Policies;
import io.strandline.retention.policy.PolicyBook;
import io.strandline.retention.policy.PolicyStamp;
import io.strandline.retention.policy.ReplayOutlook;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Works out plans: judges every version of the jobs asked for, one job after the other, and lists those that go. Changes
 * nothing. A plan takes so many versions and no more; what goes beyond waits for the next.
 */
@Component
final class PlanMaker {

    private final LiveJobs jobs;
    private final Policies policies;
    private final Judgements judgements;
    private final Housekeeping housekeeping;
    private final Catalog catalog;
    private final ReplayOutlook replay;
    private final ClockGuard clockGuard;
    private final RetentionSettings settings;

    PlanMaker(
            LiveJobs jobs,
            Policies policies,
            Judgements judgements,
            Reads reads,
            ClockGuard clockGuard,
            RetentionSettings settings) {
        this.jobs = jobs;
        this.policies = policies;
        this.judgements = judgements;
        this.housekeeping = reads.housekeeping();
        this.catalog = reads.catalog();
        this.replay = reads.replay();
        this.clockGuard = clockGuard;
        this.settings = settings;
    }

    /** What it reads besides. */
    @Component
    record Reads(Catalog catalog, Housekeeping housekeeping, ReplayOutlook replay) {}

    /** Makes a plan that nobody has stored yet. */
    Draft make(String id, PlanRequest request) {
        ClockGuard.Reading clock = clockGuard.read();
        Instant at = request.at() == null ? clock.now() : request.at();
        PolicyBook book = policies.book(request.edit()).under(request.overriding());
        Findings found = new Findings();
        found.stamps.add(book.stamp(Policy.Owner.SERVER));
        for (Job job : jobs.named(request.jobs())) {
            if (request.wants(job.id(), book)) {
                look(job, judgements.judge(job.id(), book, at), request, found);
            }
        }
        warn(request, clock, found);
        Plan plan = new Plan(
                id,
                Plan.State.READY,
                clock.now(),
                request.by(),
                at,
                clock.now().plus(settings.planLifetime()),
                found.jobs,
                request.override(),
                request.edit(),
                found.stamps,
                found.versions,
                found.items.size(),
                freed(found),
                found.unmet,
                found.warnings,
                clock.suspect(),
                null);
        return new Draft(plan, found.items, found.left);
    }

    private void warn(PlanRequest request, ClockGuard.Reading clock, Findings found) {
        if (clock.suspicion() != null) {
            found.warnings.add(clock.suspicion());
        }
        if (request.at() != null) {
            found.warnings.add("The plan is for " + request.at() + " and cannot be applied.");
        }
        if (found.left > 0) {
            found.warnings.add("A plan takes " + settings.mostItems() + " versions at most; " + found.left
                    + " more expire and wait for the next.");
        }
    }

    private void look(Job job, Judgements.OfJob judged, PlanRequest request, Findings found) {
        found.jobs.add(job.name());
        found.stamps.addAll(judged.book().stamps(job.id()));
        found.versions += judged.verdicts().size();
        notReplayable(job, judged, found);
        judged.capUnmet().forEach(unmet -> found.unmet.add(unmet(job, unmet)));
        for (Verdict verdict : judged.expiring()) {
            if (!request.wants(judged.clocks(verdict))) {
                continue;
            }
            if (found.items.size() < settings.mostItems()) {
                found.items.add(item(job, verdict, judged));
            } else {
                found.left++;
            }
        }
    }

    /** Kept, but of no use to go on from: the two ends of each line are looked at, where a source would lack something first. */
    private void notReplayable(Job job, Judgements.OfJob judged, Findings found) {
        ReplayOutlook.Looker looker = replay.looker();
        for (BranchHistory line : judged.history().lines()) {
            List<SnapshotId> kept = line.line().stream()
                    .map(Candidate::id)
                    .filter(id -> !Objects.requireNonNull(judged.verdicts().get(id), "judged with its line")
                            .expires())
                    .toList();
            Stream.of(0, kept.size() - 1)
                    .filter(end -> end >= 0 && end < kept.size())
                    .distinct()
                    .flatMap(end -> catalog.snapshot(kept.get(end)).stream())
                    .forEach(version -> looker.missing(version)
                            .filter(missing -> !missing.isEmpty())
                            .ifPresent(missing -> found.warnings.add(job.name() + "#" + version.number()
                                    + " is kept but cannot be replayed: " + String.join("; ", missing))));
        }
    }

    private static Plan.Unmet unmet(Job job, Judgements.Unmet unmet) {
        List<Plan.Keeper> keepers = unmet.cap().versions().stream()
                .map(version -> new Plan.Keeper(version.number(), version.protectedBy()))
                .toList();
        return new Plan.Unmet(
                job.name(), unmet.branch(), unmet.cap().cap(), unmet.cap().detail(), keepers);
    }

    private static PlanItem item(Job job, Verdict verdict, Judgements.OfJob judged) {
        SnapshotId id = verdict.version().id();
        Outline version = Objects.requireNonNull(judged.history().outlines().get(id), "judged, so it was read");
        return new PlanItem(
                job.name(),
                job.id(),
                id.toString(),
                version.number(),
                version.kind(),
                version.completedAt(),
                version.totalBytes(),
                verdict.whyNot(),
                judged.trashWindow(verdict),
                PlanItem.Outcome.PLANNED,
                null,
                List.of());
    }

    private Plan.Freed freed(Findings found) {
        Set<SnapshotId> all = new HashSet<>();
        Set<SnapshotId> atOnce = new HashSet<>();
        for (PlanItem item : found.items) {
            SnapshotId id = SnapshotId.parse(item.snapshot());
            all.add(id);
            if (item.trashWindow().isZero()) {
                atOnce.add(id);
            }
        }
        Housekeeping.Room later = housekeeping.roomOf(all);
        Housekeeping.Room now = housekeeping.roomOf(atOnce);
        return new Plan.Freed(now.files(), now.bytes(), later.files(), later.bytes());
    }

    /**
     * A plan with its items.
     *
     * @param left how many more versions expire than a plan takes
     */
    record Draft(Plan plan, List<PlanItem> items, int left) {}

    /** What judging the jobs one by one has found so far. */
    private static final class Findings {

        private final List<String> jobs = new ArrayList<>();
        private final List<PolicyStamp> stamps = new ArrayList<>();
        private final List<PlanItem> items = new ArrayList<>();
        private final List<Plan.Unmet> unmet = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private int versions;
        private int left;
    }
}
