package io.strandline.retention.plan;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.retention.CapUnmet;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.RetentionPolicy;
import io.strandline.retention.Verdict;
import io.strandline.retention.policy.Judgements;
import io.strandline.retention.policy.LiveJobs;
import io.strandline.retention.policy.Policies;
import io.strandline.retention.policy.PolicyStamp;
import io.strandline.snapshot.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Works out plans: judges every version of the jobs asked for and lists those that go. Changes nothing. */
@Component
final class PlanMaker {

    private final Catalog catalog;
    private final LiveJobs jobs;
    private final Policies policies;
    private final Judgements judgements;
    private final Reclaim reclaim;
    private final ClockGuard clockGuard;

    PlanMaker(
            Catalog catalog,
            LiveJobs jobs,
            Policies policies,
            Judgements judgements,
            Reclaim reclaim,
            ClockGuard clockGuard) {
        this.catalog = catalog;
        this.jobs = jobs;
        this.policies = policies;
        this.judgements = judgements;
        this.reclaim = reclaim;
        this.clockGuard = clockGuard;
    }

    /** Makes a plan that nobody has stored yet. */
    Draft make(String id, Duration lifetime, PlanRequest request) {
        ClockGuard.Reading clock = clockGuard.read();
        Instant at = request.at() == null ? clock.now() : request.at();
        Findings found = new Findings();
        PolicyDocument override = request.overriding();
        for (Job job : jobs.named(request.jobs())) {
            RetentionPolicy policy =
                    policies.effective(job.id(), request.edit(), override).policy();
            look(job, policy, at, found);
        }
        if (clock.suspicion() != null) {
            found.warnings.add(clock.suspicion());
        }
        if (request.at() != null) {
            found.warnings.add("The plan is for " + at + " and cannot be applied.");
        }
        Plan plan = new Plan(
                id,
                Plan.State.READY,
                clock.now(),
                request.by(),
                at,
                clock.now().plus(lifetime),
                found.jobs,
                request.override(),
                request.edit(),
                stamps(found),
                found.versions,
                found.items.size(),
                freed(found),
                found.unmet,
                found.warnings,
                clock.suspect(),
                null);
        return new Draft(plan, found.items);
    }

    private void look(Job job, RetentionPolicy policy, Instant at, Findings found) {
        Judgements.OfJob judged = judgements.judge(job.id(), policy, at);
        found.jobs.add(job.name());
        found.jobIds.add(job.id());
        found.versions += judged.verdicts().size();
        judged.capUnmet().forEach(unmet -> found.unmet.add(unmet(job, unmet)));
        for (Verdict verdict : judged.expiring()) {
            catalog.snapshot(verdict.version().id())
                    .ifPresent(version -> found.items.add(item(job, version, verdict, policy)));
        }
    }

    private static Plan.Unmet unmet(Job job, CapUnmet unmet) {
        List<Plan.Keeper> keepers = unmet.versions().stream()
                .map(version -> new Plan.Keeper(version.number(), version.protectedBy()))
                .toList();
        return new Plan.Unmet(job.name(), unmet.cap(), unmet.detail(), keepers);
    }

    private static PlanItem item(Job job, Snapshot version, Verdict verdict, RetentionPolicy policy) {
        return new PlanItem(
                job.name(),
                job.id(),
                version.id().toString(),
                version.number(),
                version.kind(),
                version.completedAt(),
                version.totalBytes(),
                verdict.whyNot(),
                policy.trashWindow(version.kind()),
                PlanItem.Outcome.PLANNED,
                null,
                List.of());
    }

    private List<PolicyStamp> stamps(Findings found) {
        List<PolicyStamp> stamps = new ArrayList<>();
        stamps.add(policies.stamp(null));
        found.jobIds.forEach(jobId -> stamps.add(policies.stamp(jobId)));
        return stamps;
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
        Reclaim.Space later = reclaim.of(all);
        Reclaim.Space now = reclaim.of(atOnce);
        return new Plan.Freed(now.files(), now.bytes(), later.files(), later.bytes());
    }

    /** A plan with its items. */
    record Draft(Plan plan, List<PlanItem> items) {}

    /** What judging the jobs one by one has found so far. */
    private static final class Findings {
        private final List<String> jobs = new ArrayList<>();
        private final List<String> jobIds = new ArrayList<>();
        private final List<PlanItem> items = new ArrayList<>();
        private final List<Plan.Unmet> unmet = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private int versions;
    }
}
