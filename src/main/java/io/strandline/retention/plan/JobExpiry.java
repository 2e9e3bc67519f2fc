package io.strandline.retention.plan;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Policy;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.Trashed;
import io.strandline.retention.KeepReason;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.Protection;
import io.strandline.retention.Verdict;
import io.strandline.retention.policy.Histories;
import io.strandline.retention.policy.Judgements;
import io.strandline.retention.policy.Policies;
import io.strandline.retention.policy.PolicyBook;
import io.strandline.retention.policy.PolicyStamp;
import io.strandline.snapshot.SnapshotId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Expires one job's items of a plan. Inside each transaction it looks again at everything that may have changed
 * since: the policy, heads, tags, holds, use and the version itself. Versions are judged anew only when a head has moved.
 */
final class JobExpiry {

    private final Catalog catalog;
    private final Policies policies;
    private final Judgements judgements;
    private final Histories histories;
    private final Clock clock;
    private final Terms terms;
    private @Nullable Map<String, Optional<SnapshotId>> heads;
    private Map<SnapshotId, Verdict> verdicts = Map.of();

    JobExpiry(Catalog catalog, Policies policies, Histories histories, Clock clock, Terms terms) {
        this.catalog = catalog;
        this.policies = policies;
        this.histories = histories;
        this.judgements = new Judgements(histories);
        this.clock = clock;
        this.terms = terms;
    }

    /** Looks again, then trashes each version or skips it; to be called inside a transaction of the job. */
    List<PlanItem> expire(List<PlanItem> items, Ledger.Changes changes) {
        List<PlanItem> checked = check(items);
        Instant now = clock.instant();
        for (PlanItem item : checked) {
            if (item.outcome() == PlanItem.Outcome.TRASHED) {
                Trashed trashed = new Trashed(now, now.plus(item.trashWindow()));
                changes.record(new SnapshotTrashed(SnapshotId.parse(item.snapshot()), trashed, "EXPIRED"));
            }
        }
        return checked;
    }

    /** What would become of the items now; changes nothing. */
    List<PlanItem> check(List<PlanItem> items) {
        Optional<Job> job = catalog.job(terms.jobId());
        if (job.isEmpty() || job.get().trashed() != null) {
            return skipped(items, "the job is in the trash or gone");
        }
        PolicyBook book = policies.book();
        if (!terms.agreed(book)) {
            return skipped(items, "a policy was changed since");
        }
        Map<SnapshotId, List<Protection>> protections = histories.protections(terms.jobId());
        judgeAgainIfAHeadMoved(book);
        return items.stream().map(item -> check(item, protections)).toList();
    }

    private static List<PlanItem> skipped(List<PlanItem> items, String because) {
        return items.stream().map(item -> item.skipped(because, List.of())).toList();
    }

    private PlanItem check(PlanItem item, Map<SnapshotId, List<Protection>> protections) {
        SnapshotId id = SnapshotId.parse(item.snapshot());
        Optional<Snapshot> version = catalog.snapshot(id);
        if (version.isEmpty() || version.get().state() != Snapshot.State.COMPLETED) {
            return item.skipped("it is in the trash or gone already", List.of());
        }
        Instant now = clock.instant();
        List<Protection> direct = protections.getOrDefault(id, List.of()).stream()
                .filter(protection -> protection.countsAt(now))
                .toList();
        return direct.isEmpty() ? judge(item, id) : item.skipped("it is protected now", Blockers.of(direct, item));
    }

    private PlanItem judge(PlanItem item, SnapshotId id) {
        Verdict verdict = verdicts.get(id);
        if (verdict == null) {
            return item.skipped("it is not among the job's versions any more", List.of());
        }
        if (!verdict.expires()) {
            List<Protection> protectedBy = verdict.protectedBy();
            String rules = verdict.keptBy().stream().map(KeepReason::rule).collect(Collectors.joining(", "));
            return item.skipped(
                    protectedBy.isEmpty() ? "kept by " + rules + " now" : "it is protected now",
                    Blockers.of(protectedBy, item));
        }
        return item.trashed();
    }

    private void judgeAgainIfAHeadMoved(PolicyBook book) {
        Map<String, Optional<SnapshotId>> now = new HashMap<>();
        for (Branch branch : catalog.branches(terms.jobId())) {
            now.put(branch.name(), Optional.ofNullable(branch.head()));
        }
        if (!now.equals(heads)) {
            heads = now;
            verdicts = judgements
                    .judge(terms.jobId(), book.under(terms.override()), clock.instant())
                    .verdicts();
        }
    }

    /**
     * What was agreed when the plan is applied.
     *
     * @param policies those saved then for the server, the job and its branches
     * @param override the policy laid over them, null for none
     */
    record Terms(
            String jobId,
            List<PolicyStamp> policies,
            @Nullable PolicyDocument override) {

        static Terms of(String jobId, PolicyBook book, @Nullable PolicyDocument override) {
            return new Terms(jobId, stamps(jobId, book), override);
        }

        /** Whether nothing was saved since. */
        boolean agreed(PolicyBook now) {
            return stamps(jobId, now).equals(policies);
        }

        private static List<PolicyStamp> stamps(String jobId, PolicyBook book) {
            List<PolicyStamp> stamps = new ArrayList<>(book.stamps(jobId));
            stamps.add(book.stamp(Policy.Owner.SERVER));
            return stamps;
        }
    }
}
