package io.strandline.retention.web;

import io.strandline.catalog.Job;
import io.strandline.catalog.Policy;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.retention.EffectivePolicy;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.PolicyLint;
import io.strandline.retention.PolicyWriter;
import io.strandline.retention.plan.PolicyEdits;
import io.strandline.retention.policy.Policies;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.IfMatch;
import io.strandline.web.JobName;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Policies of the server and of jobs. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Retention", description = "Which versions stay, why, and what goes.")
class PolicyController {

    private static final String SERVER = "/retention-policy";
    private static final String OF_JOB = "/jobs/{job}/retention-policy";
    private static final String GET_TEXT =
            "What is saved at this level; 404 when nothing is. With effective=true what is in force, each field with the"
                    + " level that set it: DEFAULT is shipped, then SERVER, then JOB, then BRANCH.";
    static final String OF_BRANCH = "The policy of this branch rather than the job's.";
    private static final String PUT_TEXT =
            "Saves what this level says: a field sets, null switches an inherited field off, absence inherits. A policy that"
                    + " cannot be meant is refused. One that would newly expire more than a fifth of the versions is answered"
                    + " with a plan; repeat the request with confirm=<plan id> to save and apply it as one operation.";
    private static final String DELETE_TEXT =
            "Deletes what this level says; the level above rules again. Has to be confirmed like a save.";
    private static final String DONE = "The policy as saved.";
    private static final String STARTED = "With confirm: the operation that saves the policy and applies the plan.";

    private final NamedJobs jobs;
    private final Policies policies;
    private final PolicyEdits edits;
    private final OperationAnswers answers;

    PolicyController(NamedJobs jobs, Policies policies, PolicyEdits edits, OperationAnswers answers) {
        this.jobs = jobs;
        this.policies = policies;
        this.edits = edits;
        this.answers = answers;
    }

    @GetMapping(SERVER)
    @io.swagger.v3.oas.annotations.Operation(summary = "Read the server's policy", description = GET_TEXT)
    @Problems(ErrorCode.POLICY_NOT_FOUND)
    ResponseEntity<Map<String, @Nullable Object>> get(
            @Parameter(description = "What is in force, not what is saved.") @RequestParam(defaultValue = "false")
                    boolean effective) {
        return read(Policy.Owner.SERVER, effective);
    }

    @GetMapping(OF_JOB)
    @io.swagger.v3.oas.annotations.Operation(summary = "Read a job's policy", description = GET_TEXT)
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND, ErrorCode.POLICY_NOT_FOUND})
    ResponseEntity<Map<String, @Nullable Object>> get(
            @JobName @PathVariable String job,
            @Parameter(description = OF_BRANCH, example = "main") @RequestParam(required = false) @Nullable
                    String branch,
            @Parameter(description = "What is in force, not what is saved.") @RequestParam(defaultValue = "false")
                    boolean effective) {
        return read(owner(jobs.named(job), branch), effective);
    }

    @PutMapping(SERVER)
    @io.swagger.v3.oas.annotations.Operation(summary = "Save the server's policy", description = PUT_TEXT)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            schema = @Schema(type = "object"),
                            examples = @ExampleObject(name = "policy", value = RetentionExamples.POLICY)))
    @ApiResponse(responseCode = "200", description = DONE)
    @ApiResponse(responseCode = "202", description = STARTED)
    @Problems({
        ErrorCode.INVALID_POLICY,
        ErrorCode.NOT_SUPPORTED,
        ErrorCode.CONFIRM_REQUIRED,
        ErrorCode.PRECONDITION_REQUIRED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.PLAN_NOT_FOUND,
        ErrorCode.PLAN_USED,
        ErrorCode.PLAN_STALE,
        ErrorCode.CLOCK_SUSPECT,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<?> put(
            @RequestBody JsonNode policy,
            @Parameter(description = "The plan that confirms it.") @RequestParam(required = false) @Nullable
                    String confirm,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            PreferWait wait,
            Caller caller) {
        return save(Policy.Owner.SERVER, policy, new PolicyEdits.Terms(ifMatch, confirm, caller.cause(reason)), wait);
    }

    @PutMapping(OF_JOB)
    @io.swagger.v3.oas.annotations.Operation(summary = "Save a job's policy", description = PUT_TEXT)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            schema = @Schema(type = "object"),
                            examples = @ExampleObject(name = "policy", value = RetentionExamples.POLICY)))
    @ApiResponse(responseCode = "200", description = DONE)
    @ApiResponse(responseCode = "202", description = STARTED)
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.JOB_TRASHED,
        ErrorCode.INVALID_POLICY,
        ErrorCode.NOT_SUPPORTED,
        ErrorCode.CONFIRM_REQUIRED,
        ErrorCode.PRECONDITION_REQUIRED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.PLAN_NOT_FOUND,
        ErrorCode.PLAN_USED,
        ErrorCode.PLAN_STALE,
        ErrorCode.CLOCK_SUSPECT,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<?> put(
            @JobName @PathVariable String job,
            @ParameterObject PolicyTarget target,
            @RequestBody JsonNode policy,
            IfMatch ifMatch,
            PreferWait wait,
            Caller caller) {
        return save(owner(jobs.live(job), target.branch()), policy, target.terms(ifMatch, caller), wait);
    }

    @DeleteMapping(SERVER)
    @io.swagger.v3.oas.annotations.Operation(summary = "Delete the server's policy", description = DELETE_TEXT)
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @ApiResponse(responseCode = "202", description = STARTED)
    @Problems({
        ErrorCode.POLICY_NOT_FOUND,
        ErrorCode.CONFIRM_REQUIRED,
        ErrorCode.PRECONDITION_REQUIRED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.PLAN_NOT_FOUND,
        ErrorCode.PLAN_USED,
        ErrorCode.PLAN_STALE,
        ErrorCode.CLOCK_SUSPECT,
        ErrorCode.READ_ONLY
    })
    ResponseEntity<?> delete(
            @Parameter(description = "The plan that confirms it.") @RequestParam(required = false) @Nullable
                    String confirm,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            PreferWait wait,
            Caller caller) {
        return remove(Policy.Owner.SERVER, new PolicyEdits.Terms(ifMatch, confirm, caller.cause(reason)), wait);
    }

    @DeleteMapping(OF_JOB)
    @io.swagger.v3.oas.annotations.Operation(summary = "Delete a job's policy", description = DELETE_TEXT)
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @ApiResponse(responseCode = "202", description = STARTED)
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.BRANCH_NOT_FOUND,
        ErrorCode.POLICY_NOT_FOUND,
        ErrorCode.CONFIRM_REQUIRED,
        ErrorCode.PRECONDITION_REQUIRED,
        ErrorCode.PRECONDITION_FAILED,
        ErrorCode.PLAN_NOT_FOUND,
        ErrorCode.PLAN_USED,
        ErrorCode.PLAN_STALE,
        ErrorCode.CLOCK_SUSPECT,
        ErrorCode.READ_ONLY
    })
    ResponseEntity<?> delete(
            @JobName @PathVariable String job,
            @ParameterObject PolicyTarget target,
            IfMatch ifMatch,
            PreferWait wait,
            Caller caller) {
        return remove(owner(jobs.named(job), target.branch()), target.terms(ifMatch, caller), wait);
    }

    private Policy.Owner owner(Job job, @Nullable String branch) {
        return branch == null
                ? Policy.Owner.job(job.id())
                : Policy.Owner.branch(job.id(), jobs.branch(job, branch).name());
    }

    private ResponseEntity<Map<String, @Nullable Object>> read(Policy.Owner owner, boolean effective) {
        if (!effective) {
            Policy saved = policies.saved(owner);
            return ResponseEntity.ok()
                    .eTag(Policies.etag(saved).value())
                    .body(PolicyWriter.document(policies.document(saved)));
        }
        EffectivePolicy inForce = policies.book().effective(owner);
        Map<String, @Nullable Object> body = new LinkedHashMap<>(PolicyWriter.effective(inForce));
        body.put(
                "warnings",
                PolicyLint.check(inForce, new PolicyDocument(Map.of())).warnings());
        return ResponseEntity.ok(body);
    }

    private ResponseEntity<?> save(Policy.Owner owner, JsonNode policy, PolicyEdits.Terms terms, PreferWait wait) {
        Optional<Operation> started = edits.save(owner, policy, terms);
        return started.isPresent() ? answers.answer(started.get(), wait) : read(owner, false);
    }

    private ResponseEntity<?> remove(Policy.Owner owner, PolicyEdits.Terms terms, PreferWait wait) {
        Optional<Operation> started = edits.delete(owner, terms);
        return started.isPresent()
                ? answers.answer(started.get(), wait)
                : ResponseEntity.noContent().build();
    }
}
