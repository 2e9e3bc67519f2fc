package io.strandline.retention.plan;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.retention.policy.PolicyFixture;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Makes and applies plans over one server's catalog, for tests of other rooms. */
public final class PlanDriver {

    private final Ledger ledger;
    private final Catalog catalog;
    private final Clock clock;
    private final PolicyFixture policy;
    private final PlanMaker maker;

    public PlanDriver(Ledger ledger, Catalog catalog, History history, Housekeeping housekeeping, Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.clock = clock;
        RetentionSettings settings = new RetentionSettings(
                Duration.ofHours(1), Duration.ofDays(30), 0.2, 50_000, Duration.ofHours(24), Duration.ofSeconds(5));
        this.policy = new PolicyFixture(catalog, history, housekeeping, clock);
        this.maker = new PlanMaker(
                policy.liveJobs(),
                policy.policies(),
                policy.judgements(),
                new PlanMaker.Reads(catalog, housekeeping, policy.replay()),
                new ClockGuard(clock, System::nanoTime, history, settings.clockJump()),
                settings);
    }

    /** A plan under which each line keeps its newest {@code last} versions. */
    public Made keepLast(int last) {
        String override = "{\"keep\":{\"last\":" + last + ",\"hourly\":null,\"daily\":null,\"kinds\":null}}";
        PlanRequest request = new PlanRequest(null, JsonMapper.shared().readTree(override), null, null, null, "test");
        return new Made(request, maker.make("plan", request).items());
    }

    /** A plan, not stored. */
    public final class Made {

        private final PlanRequest request;
        private final List<PlanItem> items;

        private Made(PlanRequest request, List<PlanItem> items) {
            this.request = request;
            this.items = items;
        }

        /** Ids of the versions that are to go. */
        public Set<String> named() {
            return items.stream().map(PlanItem::snapshot).collect(Collectors.toSet());
        }

        /** Applies it, and returns the ids of those that went. */
        public List<String> apply() {
            List<String> gone = new ArrayList<>();
            for (PlanItem item : items) {
                JobExpiry.Terms terms =
                        JobExpiry.Terms.of(item.jobId(), policy.policies().book(), request.overriding());
                JobExpiry expiry = new JobExpiry(catalog, policy.policies(), policy.histories(), clock, terms);
                PlanItem done = ledger.change(
                        new Ledger.Scope.OfJob(item.jobId()),
                        Cause.system("test"),
                        changes -> expiry.expire(List.of(item), changes).get(0));
                if (done.outcome() == PlanItem.Outcome.TRASHED) {
                    gone.add(item.snapshot());
                }
            }
            return gone;
        }
    }
}
