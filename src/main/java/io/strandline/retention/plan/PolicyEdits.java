package io.strandline.retention.plan;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Policy;
import io.strandline.operation.Operation;
import io.strandline.operation.Work;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.PolicyLint;
import io.strandline.retention.PolicyReader;
import io.strandline.retention.PolicyWriter;
import io.strandline.retention.policy.LiveJobs;
import io.strandline.retention.policy.Policies;
import io.strandline.retention.policy.PolicyEdit;
import io.strandline.retention.policy.PolicyRecorder;
import io.strandline.retention.policy.PolicyStamp;
import io.strandline.web.IfMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Saves and deletes policies. What cannot be meant is refused; what would newly expire many versions has to be confirmed
 * with a plan, and is then saved and applied as one operation.
 */
@Service
public final class PolicyEdits {

    private final LiveJobs jobs;
    private final Policies policies;
    private final PolicyRecorder recorder;
    private final Plans plans;
    private final Impact impact;
    private final JsonMapper json;

    PolicyEdits(
            LiveJobs jobs, Policies policies, PolicyRecorder recorder, Plans plans, Impact impact, JsonMapper json) {
        this.jobs = jobs;
        this.policies = policies;
        this.recorder = recorder;
        this.plans = plans;
        this.impact = impact;
        this.json = json;
    }

    /**
     * Saves a policy.
     *
     * @param owner at which level
     * @param body the policy as it was sent
     * @return the operation that saves and applies it when {@code confirmation} names a plan, empty when it is saved
     * @throws StrandlineException {@code invalid-policy}, {@code not-supported}, {@code precondition-required}, {@code
     *     precondition-failed}, {@code confirm-required}, {@code plan-stale}, {@code plan-used}, {@code clock-suspect}
     */
    public Optional<Operation> save(Policy.Owner owner, JsonNode body, Terms terms) {
        PolicyDocument document = PolicyReader.read(body, Policies.level(owner));
        PolicyEdit edit = new PolicyEdit(owner, json.writeValueAsString(PolicyWriter.document(document)));
        List<FieldError> errors =
                PolicyLint.check(policies.book(edit).effective(owner), document).errors();
        if (!errors.isEmpty()) {
            throw Problem.of(
                            ErrorCode.INVALID_POLICY,
                            "The policy cannot be meant: " + errors.get(0).pointer() + " "
                                    + errors.get(0).detail() + ".")
                    .withErrors(errors)
                    .asException();
        }
        return make(edit, terms);
    }

    /** Deletes a policy; the level above rules again. Else as {@link #save}, and {@code policy-not-found}. */
    public Optional<Operation> delete(Policy.Owner owner, Terms terms) {
        policies.saved(owner);
        return make(new PolicyEdit(owner, null), terms);
    }

    private Optional<Operation> make(PolicyEdit edit, Terms terms) {
        policies.checkPrecondition(edit.owner(), terms.ifMatch());
        if (terms.confirmation() != null) {
            return Optional.of(confirmed(edit, terms, terms.confirmation()));
        }
        List<Job> under = jobs.under(edit.jobId());
        Impact.Share share = impact.of(edit, under);
        if (share.needsConfirmation()) {
            Plan plan = plans.make(new PlanRequest(
                    under.stream().map(Job::name).toList(),
                    null,
                    null,
                    edit,
                    null,
                    terms.cause().actor()));
            throw confirmRequired(plan, share);
        }
        recorder.record(edit, terms.ifMatch(), terms.cause());
        return Optional.empty();
    }

    private Operation confirmed(PolicyEdit edit, Terms terms, String planId) {
        Plan plan = plans.plan(planId);
        if (!edit.equals(plan.confirms())) {
            throw new StrandlineException(
                    ErrorCode.PLAN_STALE,
                    "Plan " + planId
                            + " does not confirm this change; repeat it without confirm to get one that does.");
        }
        return plans.apply(plan, ApplyRequest.SKIPPING, terms.cause(), course -> {
            course.stage("save");
            recorder.record(edit, terms.ifMatch(), course.cause());
        });
    }

    /**
     * What is left to do before the items of a plan whose application a stopped server left unfinished: to save the policy
     * that it confirms, unless that was done. The precondition held when the application was accepted.
     *
     * @return throws {@code plan-stale} when the policy was changed since
     */
    Plans.Preparation saving(Plan plan) {
        PolicyEdit edit = plan.confirms();
        return edit == null ? course -> {} : course -> saveUnlessSaved(plan, edit, course);
    }

    private void saveUnlessSaved(Plan plan, PolicyEdit edit, Work.Course course) {
        Optional<Policy> present = policies.find(edit.owner());
        boolean saved = edit.document() == null
                ? present.isEmpty()
                : present.filter(policy -> policy.document().equals(edit.document()))
                        .isPresent();
        if (saved) {
            return;
        }
        PolicyStamp now = policies.book().stamp(edit.owner());
        if (plan.policyVersions().stream().noneMatch(now::equals)) {
            throw new StrandlineException(
                    ErrorCode.PLAN_STALE,
                    "The policy that plan " + plan.id()
                            + " confirms was changed while the server was down; begin again.");
        }
        course.stage("save");
        String tag = present.map(policy -> Policies.etag(policy).value()).orElse(null);
        recorder.record(edit, new IfMatch(tag), course.cause());
    }

    private static StrandlineException confirmRequired(Plan plan, Impact.Share share) {
        return Problem.of(
                        ErrorCode.CONFIRM_REQUIRED,
                        "The change would expire " + share.newlyExpiring() + " of " + share.versions()
                                + " versions that stay now. Read plan " + plan.id()
                                + ", then repeat the request with ?confirm=" + plan.id() + ".")
                .withExtension(
                        "plan",
                        Map.of(
                                "id", plan.id(),
                                "href", "/api/v1/retention-plans/" + plan.id(),
                                "expiring", plan.expiring(),
                                "versions", plan.versions(),
                                "expiresAt", plan.expiresAt().toString()))
                .asException();
    }

    /**
     * Under which terms a change is asked for.
     *
     * @param ifMatch the tag of the policy the client has seen
     * @param confirmation the plan that confirms it, null for none
     * @param cause who and why
     */
    public record Terms(IfMatch ifMatch, @Nullable String confirmation, Cause cause) {}
}
