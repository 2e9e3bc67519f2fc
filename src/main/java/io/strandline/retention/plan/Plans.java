package io.strandline.retention.plan;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Policy;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.operation.Submission;
import io.strandline.operation.Work;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.policy.Policies;
import io.strandline.retention.policy.PolicyBook;
import io.strandline.retention.policy.PolicyStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes, keeps and applies retention plans. */
@Service
public final class Plans {

    static final String APPLY = "retention-apply";

    private final PlanMaker maker;
    private final PlanStore store;
    private final PlanApplication application;
    private final Policies policies;
    private final ClockGuard clockGuard;
    private final Operations operations;

    Plans(
            PlanMaker maker,
            PlanStore store,
            PlanApplication application,
            Policies policies,
            ClockGuard clockGuard,
            Operations operations) {
        this.maker = maker;
        this.store = store;
        this.application = application;
        this.policies = policies;
        this.clockGuard = clockGuard;
        this.operations = operations;
    }

    /**
     * Makes a plan and keeps it; expires nothing.
     *
     * @throws StrandlineException {@code job-not-found}, {@code invalid-policy}, {@code not-supported}
     */
    public Plan make(PlanRequest request) {
        PlanMaker.Draft draft = maker.make(store.newId(), request);
        store.save(draft.plan(), draft.items());
        return draft.plan();
    }

    /** Makes and keeps a plan over all branches whose time has come, if anything expires. */
    Optional<PlanMaker.Draft> makeIfAnythingExpires(Set<Policy.Owner> clocks) {
        PlanMaker.Draft draft = maker.make(store.newId(), PlanRequest.due(clocks));
        if (draft.items().isEmpty()) {
            return Optional.empty();
        }
        store.save(draft.plan(), draft.items());
        return Optional.of(draft);
    }

    /**
     * A plan by id.
     *
     * @throws StrandlineException {@code plan-not-found}
     */
    public Plan plan(String id) {
        return store.plan(id);
    }

    /** Plans, newest first, below {@code beforeId} when given. */
    public List<Plan> list(@Nullable String beforeId, int limit) {
        return store.list(beforeId, limit);
    }

    /** A plan's items from position {@code from} on. */
    public List<PlanItem> items(String id, int from, int limit) {
        return store.items(store.plan(id).id(), from, limit);
    }

    /**
     * Applies a plan as an operation; its result is a {@link PlanOutcome}.
     *
     * @throws StrandlineException {@code plan-not-found}, {@code plan-used}, {@code plan-stale}, {@code clock-suspect},
     *     {@code reason-required}, {@code contradictory-request}
     */
    public Operation apply(String id, ApplyRequest request, Cause cause) {
        Plan plan = store.plan(id);
        if (plan.confirms() != null && plan.state() == Plan.State.READY) {
            throw new StrandlineException(
                    ErrorCode.PLAN_STALE,
                    "The plan confirms a change of a policy; repeat that change with ?confirm=" + id + ".");
        }
        return apply(plan, request, cause, course -> {});
    }

    /** Applies a plan after {@code first} has been done in the same operation. */
    Operation apply(Plan plan, ApplyRequest request, Cause cause, Preparation first) {
        check(plan, request);
        List<PlanItem> items = store.items(plan);
        if (request.mode() == ApplyRequest.Mode.ALL_OR_NOTHING
                && items.stream().map(PlanItem::jobId).distinct().count() > 1) {
            throw new StrandlineException(
                    ErrorCode.CONTRADICTORY_REQUEST,
                    "ALL_OR_NOTHING works on one job at a time and the plan has items of several; make a plan for each.");
        }
        if (!store.replace(Plan.State.READY, plan.usedBy(null))) {
            throw used(plan);
        }
        boolean accepted = false;
        try {
            Operation operation = operations.submit(
                    operations.newId(),
                    new Submission(APPLY, null, new AppliedPlan(plan.id(), request.mode()), cause),
                    course -> perform(new Application(plan, List.of(), items), request.mode(), course, first),
                    () -> store.replace(Plan.State.USED, plan.ready()));
            accepted = true;
            if (request.force()) {
                clockGuard.acceptJump();
            }
            return operation;
        } finally {
            if (!accepted) {
                store.replace(Plan.State.USED, plan.ready());
            }
        }
    }

    /**
     * Goes on with the application of a plan that a stopped server left unfinished; empty when the plan went with the
     * catalog.
     *
     * @param first what has to be done before the items of a plan, unless it was
     */
    Optional<Resumption.Rest> resumed(LoggedOperation left, AppliedPlan applied, Function<Plan, Preparation> first) {
        return store.find(applied.plan())
                .filter(plan -> plan.state() == Plan.State.USED)
                .map(plan -> new Resumption.Rest(
                        course -> goOn(new Unfinished(plan, applied, left, first.apply(plan)), course), () -> {}));
    }

    private PlanOutcome goOn(Unfinished rest, Work.Course course) {
        Set<String> trashed = application.trashedBy(rest.left().id());
        List<PlanItem> items = store.items(rest.plan());
        List<PlanItem> before = items.stream()
                .filter(item -> trashed.contains(item.snapshot()))
                .map(PlanItem::trashed)
                .toList();
        List<PlanItem> after = items.stream()
                .filter(item -> !trashed.contains(item.snapshot()))
                .toList();
        return perform(
                new Application(rest.plan(), before, after), rest.applied().mode(), course, rest.first());
    }

    /** Applies what a scheduled round planned, on the caller's thread's behalf but as an operation like any other. */
    Operation applyScheduled(Plan plan) {
        return apply(plan, ApplyRequest.SKIPPING, Cause.system("scheduled retention"), course -> {});
    }

    private PlanOutcome perform(Application todo, ApplyRequest.Mode mode, Work.Course course, Preparation first) {
        Plan plan = todo.plan();
        store.replace(Plan.State.USED, plan.usedBy(course.operationId()));
        first.prepare(course);
        course.stage("expire");
        List<PlanItem> done = new ArrayList<>();
        try {
            application.apply(plan, todo.rest(), mode, course, done);
        } finally {
            List<PlanItem> all = new ArrayList<>(todo.before());
            all.addAll(done);
            all.addAll(todo.rest().subList(done.size(), todo.rest().size()));
            store.saveItems(plan, all);
        }
        List<PlanItem> all = new ArrayList<>(todo.before());
        all.addAll(done);
        return PlanOutcome.of(plan, all);
    }

    /**
     * What is to be applied.
     *
     * @param before items that were, before the server stopped
     * @param rest all others
     */
    private record Application(Plan plan, List<PlanItem> before, List<PlanItem> rest) {}

    /** What a stopped server left of an application. */
    private record Unfinished(Plan plan, AppliedPlan applied, LoggedOperation left, Preparation first) {}

    /** What an application was asked for, as it is kept with its operation. */
    record AppliedPlan(String plan, ApplyRequest.Mode mode) {}

    private void check(Plan plan, ApplyRequest request) {
        if (plan.state() == Plan.State.USED) {
            throw used(plan);
        }
        ClockGuard.Reading clock = clockGuard.read();
        if (clock.now().isAfter(plan.expiresAt())) {
            throw stale(plan, "could be applied until " + plan.expiresAt());
        }
        if (!plan.evaluatedAt().equals(plan.createdAt())) {
            throw stale(plan, "was made for another time, " + plan.evaluatedAt());
        }
        PolicyBook book = policies.book();
        for (PolicyStamp stamp : plan.policyVersions()) {
            if (!book.stamp(stamp.owner()).equals(stamp)) {
                throw stale(plan, "was made by a policy that has been changed since");
            }
        }
        if (request.force() && (request.reason() == null || request.reason().isBlank())) {
            throw new StrandlineException(
                    ErrorCode.REASON_REQUIRED, "Say in reason why the plan is applied with force.");
        }
        if ((plan.clockSuspect() || clock.suspect()) && !request.force()) {
            String why =
                    clock.suspicion() == null ? "The clock was suspect when the plan was made." : clock.suspicion();
            throw new StrandlineException(
                    ErrorCode.CLOCK_SUSPECT,
                    why + " Set the clock right and make a new plan, or send force with a reason.");
        }
    }

    private static StrandlineException used(Plan plan) {
        return new StrandlineException(
                ErrorCode.PLAN_USED,
                "Plan " + plan.id() + " was applied already"
                        + (plan.operationId() == null ? "" : " by operation " + plan.operationId())
                        + "; make a new one.");
    }

    private static StrandlineException stale(Plan plan, String why) {
        return new StrandlineException(ErrorCode.PLAN_STALE, "Plan " + plan.id() + " " + why + "; make a new one.");
    }

    /** What has to be done before the items. */
    @FunctionalInterface
    interface Preparation {

        /** Does it, or throws and nothing expires. */
        void prepare(Work.Course course);
    }
}
