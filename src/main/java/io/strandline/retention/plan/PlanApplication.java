package io.strandline.retention.plan;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.operation.Work;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.policy.Histories;
import io.strandline.retention.policy.Policies;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Applies a plan's items: up to 100 of a job in a transaction, or all of them. Never touches what the plan does not name. */
@Component
final class PlanApplication {

    private static final String UNIT = "versions";

    /** Items of a job that share a transaction: more would make those wait long who want to change the job meanwhile. */
    private static final int ITEMS_AN_ENTRY = 100;

    private final Catalog catalog;
    private final History history;
    private final Ledger ledger;
    private final Policies policies;
    private final Histories histories;
    private final Clock clock;
    private final RetentionMeters meters;

    PlanApplication(
            Reads reads, Ledger ledger, Policies policies, Histories histories, Clock clock, RetentionMeters meters) {
        this.catalog = reads.catalog();
        this.history = reads.history();
        this.ledger = ledger;
        this.policies = policies;
        this.histories = histories;
        this.clock = clock;
        this.meters = meters;
    }

    /** What it reads of the catalog. */
    @Component
    record Reads(Catalog catalog, History history) {}

    /**
     * Applies the items, which are grouped by job, under the policies saved now.
     *
     * @param done takes the items with what became of them, in the same order, as far as it got
     */
    void apply(Plan plan, List<PlanItem> items, ApplyRequest.Mode mode, Work.Course course, List<PlanItem> done) {
        Map<String, List<PlanItem>> byJob =
                items.stream().collect(Collectors.groupingBy(PlanItem::jobId, LinkedHashMap::new, Collectors.toList()));
        byJob.forEach((jobId, ofJob) -> {
            JobExpiry expiry = new JobExpiry(catalog, policies, histories, clock, terms(plan, jobId));
            if (mode == ApplyRequest.Mode.ALL_OR_NOTHING) {
                done.addAll(allOrNothing(jobId, ofJob, expiry, course));
            } else {
                skipping(jobId, ofJob, expiry, course, done);
            }
            course.progress(done.size(), (long) items.size(), UNIT);
        });
        done.forEach(meters::applied);
    }

    /** Ids of the versions that an operation has put into the trash so far. */
    Set<String> trashedBy(String operationId) {
        return history.audit(AuditFilter.ofOperation(operationId, "snapshot-trashed"), null, Integer.MAX_VALUE).stream()
                .map(entry -> entry.subject().substring("snapshot:".length()))
                .collect(Collectors.toSet());
    }

    private void skipping(
            String jobId, List<PlanItem> items, JobExpiry expiry, Work.Course course, List<PlanItem> done) {
        for (int from = 0; from < items.size(); from += ITEMS_AN_ENTRY) {
            course.checkCancelled();
            List<PlanItem> some = items.subList(from, Math.min(items.size(), from + ITEMS_AN_ENTRY));
            done.addAll(ledger.change(
                    new Ledger.Scope.OfJob(jobId), course.cause(), changes -> expiry.expire(some, changes)));
        }
    }

    private List<PlanItem> allOrNothing(String jobId, List<PlanItem> items, JobExpiry expiry, Work.Course course) {
        return ledger.change(new Ledger.Scope.OfJob(jobId), course.cause(), changes -> {
            List<PlanItem> changed = expiry.check(items).stream()
                    .filter(item -> item.outcome() == PlanItem.Outcome.SKIPPED)
                    .toList();
            if (!changed.isEmpty()) {
                throw refusal(changed, items.size()).asException();
            }
            return expiry.expire(items, changes);
        });
    }

    private static Problem refusal(List<PlanItem> changed, int all) {
        PlanItem first = changed.get(0);
        List<Blocker> blockers =
                changed.stream().flatMap(item -> item.blockers().stream()).toList();
        return Problem.of(
                        ErrorCode.PLAN_STALE,
                        changed.size() + " of " + all
                                + " versions have changed since the plan was made, so none was touched: "
                                + first.job() + "#" + first.number() + ": "
                                + Objects.requireNonNullElse(first.detail(), "")
                                + ". Make a new plan, or apply it with mode SKIP_CHANGED.")
                .withBlockers(blockers);
    }

    private JobExpiry.Terms terms(Plan plan, String jobId) {
        PolicyDocument override = new PlanRequest(null, plan.override(), null, null, null, "").overriding();
        return JobExpiry.Terms.of(jobId, policies.book(), override);
    }
}
