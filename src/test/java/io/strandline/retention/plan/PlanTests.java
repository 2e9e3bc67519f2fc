package io.strandline.retention.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Policy;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.operation.Submission;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.MemoryWorld;
import io.strandline.retention.SettableClock;
import io.strandline.retention.policy.Explanation;
import io.strandline.retention.policy.Explanations;
import io.strandline.retention.policy.PolicyFixture;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.web.IfMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Plans from their making to what became of each item. */
class PlanTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Cause ANN = new Cause("ann", "r-1", null, null);
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final PlanFixture parts = new PlanFixture();
    private final SettableClock clock = parts.clock;
    private final MemoryWorld world = parts.world;
    private final Operations operations = parts.operations;
    private final ClockGuard guard = parts.guard;
    private final PolicyFixture policy = parts.policy;
    private final PlanStore store = parts.store;
    private final Plans plans = parts.plans;
    private final PolicyEdits edits = parts.edits;
    private final Explanations explanations = policy.explanations();
    private final List<Snapshot> versions = new ArrayList<>();
    private Job job = world.addJob("flights");

    @BeforeEach
    void tenVersions() {
        for (int number = 1; number <= 10; number++) {
            clock.pass(Duration.ofSeconds(10));
            versions.add(world.addVersion(job, number, SnapshotKind.PERIODIC, clock.instant()));
        }
    }

    @AfterEach
    void close() {
        operations.close();
    }

    @Test
    void keepsAndAppliesMoreItemsThanADocumentOrAnEntryHolds() {
        for (int number = 11; number <= 1_210; number++) {
            clock.pass(Duration.ofSeconds(10));
            world.addVersion(job, number, SnapshotKind.PERIODIC, clock.instant());
        }
        Plan plan = plan("{\"keep\":{\"last\":10,\"hourly\":null,\"daily\":null}}");
        List<PlanItem> all = store.items(plan);
        assertThat(all).hasSize(1_200);
        assertThat(plans.items(plan.id(), 498, 4)).isEqualTo(all.subList(498, 502));
        assertThat(plans.items(plan.id(), 1_000, 501)).isEqualTo(all.subList(1_000, 1_200));
        assertThat(plans.items(plan.id(), 1_200, 10)).isEmpty();

        Operation done = apply(plan, ApplyRequest.SKIPPING);

        assertThat(done.state()).as("%s", done.problem()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(store.items(plan))
                .hasSize(1_200)
                .extracting(PlanItem::outcome)
                .containsOnly(PlanItem.Outcome.TRASHED);
    }

    @Test
    void trashesWhatThePlanNamesAndNothingElse() {
        Plan plan = plan("{\"keep\":{\"last\":4,\"hourly\":null,\"daily\":null}}");

        Operation done = apply(plan, ApplyRequest.SKIPPING);

        assertThat(done.state()).as("%s", done.problem()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(numbers(Snapshot.State.TRASHED)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(store.items(plan)).extracting(PlanItem::outcome).containsOnly(PlanItem.Outcome.TRASHED);
        assertThat(plan("{\"keep\":{\"last\":4,\"hourly\":null,\"daily\":null}}")
                        .expiring())
                .isZero();
    }

    @Test
    void changesNothingByMakingAPlan() {
        plan("{\"keep\":{\"last\":1,\"hourly\":null,\"daily\":null}}");

        assertThat(world.journal).isEmpty();
    }

    @Test
    void skipsWhatWasHeldSinceAndNamesTheHold() {
        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");
        world.addHold("h-1", versions.get(0), Hold.Kind.USER, null);

        apply(plan, ApplyRequest.SKIPPING);

        assertThat(numbers(Snapshot.State.TRASHED)).containsExactly(2L);
        PlanItem skipped = store.items(plan).stream()
                .filter(item -> item.number() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(skipped.outcome()).isEqualTo(PlanItem.Outcome.SKIPPED);
        assertThat(skipped.blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.kind()).isEqualTo("hold");
            assertThat(blocker.releaseHref()).endsWith("/holds/h-1");
        });
    }

    @Test
    void skipsWhatARollbackMadeNewAgain() {
        Plan plan = plan("{\"keep\":{\"last\":4,\"hourly\":null,\"daily\":null}}");
        world.moveHead(job, versions.get(5));
        for (Snapshot later : versions.subList(6, 10)) {
            world.addHold("undo-" + later.number(), later, Hold.Kind.SYSTEM, null);
        }

        apply(plan, ApplyRequest.SKIPPING);

        assertThat(numbers(Snapshot.State.TRASHED)).containsExactly(1L, 2L);
    }

    @Test
    void touchesNothingWhenOneOfAllHasChanged() {
        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");
        world.addTag("release", versions.get(1), null);

        Operation done = apply(plan, new ApplyRequest(ApplyRequest.Mode.ALL_OR_NOTHING, false, null));

        assertThat(done.state()).isEqualTo(Operation.State.FAILED);
        assertThat(done.problem().path("code").asString()).isEqualTo("plan-stale");
        assertThat(numbers(Snapshot.State.TRASHED)).isEmpty();
    }

    @Test
    void appliesAPlanOnce() {
        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");
        apply(plan, ApplyRequest.SKIPPING);

        assertThat(refusal(() -> plans.apply(plan.id(), ApplyRequest.SKIPPING, ANN)))
                .isEqualTo(ErrorCode.PLAN_USED);
    }

    @Test
    void savesThePolicyThatAnInterruptedApplicationWasToConfirm() {
        Policy.Owner owner = Policy.Owner.job(job.id());
        String strict = "{\"keep\":{\"last\":2,\"hourly\":null,\"daily\":null},\"floor\":{\"minCount\":0}}";
        assertThatThrownBy(() -> save(owner, strict, null, null)).isInstanceOf(StrandlineException.class);
        Plan plan = plans.list(null, 1).get(0);
        for (String when : List.of("before it was saved", "after it was saved")) {
            Operation resumed = resume(plan);

            assertThat(resumed.state()).as(when).isEqualTo(Operation.State.SUCCEEDED);
            assertThat(policy.policies().book().stamp(owner).version()).isEqualTo(1);
            assertThat(numbers(Snapshot.State.COMPLETED)).hasSize(2);
        }
    }

    @Test
    void leavesAPolicyAloneThatWasChangedWhileItsConfirmationWasInterrupted() {
        Policy.Owner owner = Policy.Owner.job(job.id());
        String strict = "{\"keep\":{\"last\":2,\"hourly\":null,\"daily\":null},\"floor\":{\"minCount\":0}}";
        assertThatThrownBy(() -> save(owner, strict, null, null)).isInstanceOf(StrandlineException.class);
        Plan plan = plans.list(null, 1).get(0);
        save(owner, "{\"keep\":{\"last\":40}}", null, null);

        Operation resumed = resume(plan);

        assertThat(resumed.state()).isEqualTo(Operation.State.FAILED);
        assertThat(resumed.problem().path("code").asString()).isEqualTo("plan-stale");
        assertThat(numbers(Snapshot.State.COMPLETED)).hasSize(10);
    }

    /** As the server does after a stop in the middle of an application. */
    private Operation resume(Plan plan) {
        Plans.AppliedPlan applied = new Plans.AppliedPlan(plan.id(), ApplyRequest.Mode.SKIP_CHANGED);
        store.replace(Plan.State.READY, plan.usedBy("op-1"));
        LoggedOperation left =
                new LoggedOperation("op-1", Plans.APPLY, null, "{}", "ann", clock.instant(), null, null, null, null);
        Resumption.Rest rest = plans.resumed(left, applied, edits::saving).orElseThrow();
        return operations.await(
                operations
                        .submit(new Submission(Plans.APPLY, null, applied, ANN), rest.work())
                        .id(),
                WAIT);
    }

    @Test
    void aPlanCancelledBeforeItsTurnCanBeAppliedAgain() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            operations.submit(new Submission("test", null, "in the way", ANN), course -> {
                release.await();
                return null;
            });
        }
        Plan plan = plan("{\"keep\":{\"last\":4,\"hourly\":null,\"daily\":null}}");
        Operation waiting = plans.apply(plan.id(), ApplyRequest.SKIPPING, ANN);
        operations.cancel(waiting.id());
        release.countDown();
        assertThat(operations.await(waiting.id(), WAIT).state()).isEqualTo(Operation.State.CANCELLED);
        assertThat(plans.plan(plan.id()).state()).isEqualTo(Plan.State.READY);
        assertThat(apply(plan, ApplyRequest.SKIPPING).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void refusesAPlanThatIsTooOld() {
        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");
        clock.pass(Duration.ofMinutes(61));

        assertThat(refusal(() -> plans.apply(plan.id(), ApplyRequest.SKIPPING, ANN)))
                .isEqualTo(ErrorCode.PLAN_STALE);
    }

    @Test
    void refusesAPlanWhoseItemsAreNotThere() {
        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");
        parts.documents.deleteExpired("retention-plan-items", clock.instant().plus(Duration.ofDays(1_000)));

        assertThat(refusal(() -> plans.apply(plan.id(), ApplyRequest.SKIPPING, ANN)))
                .isEqualTo(ErrorCode.PLAN_STALE);
    }

    @Test
    void refusesAPlanWhosePolicyHasChanged() {
        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");
        save(Policy.Owner.SERVER, "{\"keep\":{\"last\":50}}", null, null);

        assertThat(refusal(() -> plans.apply(plan.id(), ApplyRequest.SKIPPING, ANN)))
                .isEqualTo(ErrorCode.PLAN_STALE);
    }

    @Test
    void refusesWhileTheClockIsBehindTheJournalUnlessForced() {
        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");
        world.entryAt(clock.instant().plusSeconds(60));

        assertThat(refusal(() -> plans.apply(plan.id(), ApplyRequest.SKIPPING, ANN)))
                .isEqualTo(ErrorCode.CLOCK_SUSPECT);
        assertThat(refusal(
                        () -> plans.apply(plan.id(), new ApplyRequest(ApplyRequest.Mode.SKIP_CHANGED, true, " "), ANN)))
                .isEqualTo(ErrorCode.REASON_REQUIRED);

        apply(plan, new ApplyRequest(ApplyRequest.Mode.SKIP_CHANGED, true, "the clock was mended"));

        assertThat(numbers(Snapshot.State.TRASHED)).containsExactly(1L, 2L);
    }

    @Test
    void doubtsAClockThatJumpedUntilAPersonForcesAPlan() {
        clock.jump(Duration.ofHours(25));

        Plan plan = plan("{\"keep\":{\"last\":8,\"hourly\":null,\"daily\":null}}");

        assertThat(plan.clockSuspect()).isTrue();
        assertThat(guard.read().suspect()).isTrue();
        apply(plan, new ApplyRequest(ApplyRequest.Mode.SKIP_CHANGED, true, "it was asleep"));
        assertThat(guard.read().suspect()).isFalse();
    }

    @Test
    void wantsAConfirmationWhenAFifthWouldGoAndThenSavesAndAppliesInOne() {
        String strict = "{\"keep\":{\"last\":4,\"hourly\":null,\"daily\":null}}";
        StrandlineException refused = catchThrowableOfType(
                StrandlineException.class, () -> save(Policy.Owner.job(job.id()), strict, null, null));
        assertThat(refused.code()).isEqualTo(ErrorCode.CONFIRM_REQUIRED);
        String plan = plans.list(null, 1).get(0).id();
        assertThat(policy.policies().book().stamp(Policy.Owner.job(job.id())).version())
                .isZero();
        assertThat(refusal(() -> plans.apply(plan, ApplyRequest.SKIPPING, ANN))).isEqualTo(ErrorCode.PLAN_STALE);
        assertThat(refusal(() -> save(Policy.Owner.job(job.id()), "{\"keep\":{\"last\":3}}", plan, null)))
                .isEqualTo(ErrorCode.PLAN_STALE);

        Operation done = operations.await(
                save(Policy.Owner.job(job.id()), strict, plan, null)
                        .orElseThrow()
                        .id(),
                WAIT);

        assertThat(done.state()).as("%s", done.problem()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(policy.policies().book().stamp(Policy.Owner.job(job.id())).version())
                .isEqualTo(1);
        assertThat(numbers(Snapshot.State.TRASHED)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void savesAHarmlessPolicyAtOnceAndGuardsTheNextSaveByItsTag() {
        save(Policy.Owner.job(job.id()), "{\"keep\":{\"last\":30}}", null, null);

        assertThat(refusal(() -> save(Policy.Owner.job(job.id()), "{\"keep\":{\"last\":40}}", null, null)))
                .isEqualTo(ErrorCode.PRECONDITION_REQUIRED);
        assertThat(refusal(() -> save(Policy.Owner.job(job.id()), "{\"keep\":{\"last\":40}}", null, "\"other\"")))
                .isEqualTo(ErrorCode.PRECONDITION_FAILED);
        save(Policy.Owner.job(job.id()), "{\"keep\":{\"last\":40}}", null, "*");
        assertThat(policy.policies()
                        .book()
                        .effective(Policy.Owner.job(job.id()))
                        .policy()
                        .keep()
                        .last())
                .isEqualTo(40);
    }

    @Test
    void explainsAsThePlanDecides() {
        save(Policy.Owner.job(job.id()), "{\"keep\":{\"last\":9,\"hourly\":null,\"daily\":null}}", null, null);

        Plan plan = plans.make(PlanRequest.ofAll("ann"));

        List<Long> expiring = store.items(plan).stream().map(PlanItem::number).toList();
        for (Snapshot version : versions) {
            assertThat(explanations.explain(version, null).verdict() == Explanation.Outlook.EXPIRES)
                    .isEqualTo(expiring.contains(version.number()));
        }
        assertThat(expiring).containsExactly(1L);
    }

    @Test
    void refusesToApplyAPlanForAnotherTime() {
        Plan plan = plans.make(new PlanRequest(null, null, clock.instant().plusSeconds(5), null, null, "ann"));

        assertThat(refusal(() -> plans.apply(plan.id(), ApplyRequest.SKIPPING, ANN)))
                .isEqualTo(ErrorCode.PLAN_STALE);
    }

    @Test
    void runsARoundByItselfWhenTheScheduleSaysSo() {
        save(Policy.Owner.job(job.id()), "{\"keep\":{\"last\":9,\"hourly\":null,\"daily\":null}}", null, null);
        world.addHold("old", versions.get(0), Hold.Kind.USER, clock.instant().plusSeconds(60));
        world.addTag("old", versions.get(1), clock.instant().plusSeconds(60));
        RetentionRounds rounds = parts.rounds();

        clock.pass(Duration.ofMinutes(4));
        rounds.tick();
        assertThat(world.journal).noneMatch(SnapshotTrashed.class::isInstance);
        clock.pass(Duration.ofMinutes(1));
        rounds.tick();
        operations.close();

        assertThat(world.journal)
                .anyMatch(change -> change instanceof HoldReleased released
                        && released.holdId().equals("old"))
                .anyMatch(change ->
                        change instanceof TagDeleted deleted && deleted.name().equals("old"));
        assertThat(numbers(Snapshot.State.TRASHED)).containsExactly(1L);
        assertThat(plans.list(null, 1).get(0).createdBy()).isEqualTo("system");
    }

    private Plan plan(String override) {
        return plans.make(new PlanRequest(List.of("flights"), JSON.readTree(override), null, null, null, "ann"));
    }

    private Operation apply(Plan plan, ApplyRequest request) {
        return operations.await(plans.apply(plan.id(), request, ANN).id(), WAIT);
    }

    private Optional<Operation> save(Policy.Owner owner, String body, String confirm, String ifMatch) {
        return edits.save(owner, JSON.readTree(body), new PolicyEdits.Terms(new IfMatch(ifMatch), confirm, ANN));
    }

    private static ErrorCode refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(StrandlineException.class, call).code();
    }

    private List<Long> numbers(Snapshot.State state) {
        return versions.stream()
                .filter(version -> world.stateOf(version) == state)
                .map(Snapshot::number)
                .sorted()
                .toList();
    }
}
