package io.strandline.retention.policy;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Policy;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.PolicyLevel;
import io.strandline.retention.PolicyReader;
import io.strandline.web.ETag;
import io.strandline.web.IfMatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Reads policies: what each level says, and what together is in force. */
@Service
public final class Policies {

    private final Catalog catalog;
    private final JsonMapper json;

    Policies(Catalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.json = json;
    }

    /** All that is saved now. */
    public PolicyBook book() {
        Map<Policy.Owner, Policy> saved = new HashMap<>();
        Map<Policy.Owner, PolicyDocument> documents = new HashMap<>();
        for (Policy policy : catalog.policies()) {
            saved.put(policy.owner(), policy);
            documents.put(policy.owner(), document(policy));
        }
        return PolicyBook.of(saved, documents);
    }

    /** All that would be saved after an edit, null for none. */
    public PolicyBook book(@Nullable PolicyEdit edit) {
        if (edit == null) {
            return book();
        }
        String document = edit.document();
        return book().with(edit.owner(), document == null ? null : read(edit.owner(), document));
    }

    /**
     * The policy saved at a level.
     *
     * @throws StrandlineException {@code policy-not-found}
     */
    public Policy saved(Policy.Owner owner) {
        return catalog.policy(owner)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.POLICY_NOT_FOUND,
                        switch (level(owner)) {
                                    case BRANCH -> "No policy is saved for the branch; it inherits the job's.";
                                    case JOB -> "No policy is saved for the job; it inherits the server's.";
                                    default -> "No policy is saved for the server; the shipped default rules.";
                                }
                                + " Ask with ?effective=true."));
    }

    /** The policy saved at a level, if there is one. */
    public Optional<Policy> find(Policy.Owner owner) {
        return catalog.policy(owner);
    }

    /** What a saved policy says. */
    public PolicyDocument document(Policy policy) {
        return read(policy.owner(), policy.document());
    }

    /** The tag of a saved policy: changes with every save. */
    public static ETag etag(Policy policy) {
        return ETag.of(
                "retention-policy",
                Objects.toString(policy.jobId()),
                Objects.toString(policy.branch()),
                policy.version(),
                policy.savedAt(),
                policy.document());
    }

    /** Refuses a change whose If-Match does not fit; mandatory where a policy exists. */
    public void checkPrecondition(Policy.Owner owner, IfMatch ifMatch) {
        Optional<Policy> present = catalog.policy(owner);
        if (present.isPresent()) {
            ifMatch.require(etag(present.get()));
        } else if (ifMatch.header() != null) {
            throw new StrandlineException(
                    ErrorCode.PRECONDITION_FAILED,
                    "If-Match is " + ifMatch.header() + ", but no policy is saved at this level; leave If-Match out.");
        }
    }

    /** What a policy of this owner is called in answers. */
    public static PolicyLevel level(Policy.Owner owner) {
        if (owner.jobId() == null) {
            return PolicyLevel.SERVER;
        }
        return owner.branch() == null ? PolicyLevel.JOB : PolicyLevel.BRANCH;
    }

    static Ledger.Scope scope(Policy.Owner owner) {
        String jobId = owner.jobId();
        return jobId == null ? new Ledger.Scope.OfServer() : new Ledger.Scope.OfJob(jobId);
    }

    private PolicyDocument read(Policy.Owner owner, String document) {
        return PolicyReader.read(json.readTree(document), level(owner));
    }
}
