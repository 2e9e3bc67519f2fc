package io.strandline.retention.policy;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Policy;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.EffectivePolicy;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.PolicyLevel;
import io.strandline.retention.PolicyReader;
import io.strandline.web.ETag;
import io.strandline.web.IfMatch;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Reads policies: what each level says, and what together is in force. A null job means the server's level. */
@Service
public final class Policies {

    private final Catalog catalog;
    private final JsonMapper json;

    Policies(Catalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.json = json;
    }

    /**
     * The policy saved at a level.
     *
     * @throws StrandlineException {@code policy-not-found}
     */
    public Policy saved(@Nullable String jobId) {
        return catalog.policy(jobId)
                .orElseThrow(
                        () -> new StrandlineException(
                                ErrorCode.POLICY_NOT_FOUND,
                                jobId == null
                                        ? "No policy is saved for the server; the shipped default rules. Ask with ?effective=true."
                                        : "No policy is saved for the job; it inherits the server's. Ask with ?effective=true."));
    }

    /** What a saved policy says. */
    public PolicyDocument document(Policy policy) {
        return read(policy.jobId(), policy.document());
    }

    /** The tag of a saved policy: changes with every save. */
    public static ETag etag(Policy policy) {
        return ETag.of(
                "retention-policy",
                Objects.toString(policy.jobId()),
                policy.version(),
                policy.savedAt(),
                policy.document());
    }

    /** What is in force for a job, or on the server where no job says otherwise. */
    public EffectivePolicy effective(@Nullable String jobId) {
        return EffectivePolicy.merge(levels(jobId));
    }

    /** What would be in force after an edit and under an override. */
    public EffectivePolicy effective(
            @Nullable String jobId, @Nullable PolicyEdit edit, @Nullable PolicyDocument override) {
        Map<PolicyLevel, PolicyDocument> levels = levels(jobId);
        if (edit != null && (edit.jobId() == null || edit.jobId().equals(jobId))) {
            PolicyLevel level = level(edit.jobId());
            String document = edit.document();
            if (document == null) {
                levels.remove(level);
            } else {
                levels.put(level, read(edit.jobId(), document));
            }
        }
        if (override != null) {
            levels.put(PolicyLevel.OVERRIDE, override);
        }
        return EffectivePolicy.merge(levels);
    }

    /** Which policy is saved at a level now. */
    public PolicyStamp stamp(@Nullable String jobId) {
        Optional<Policy> policy = catalog.policy(jobId);
        return policy.map(saved -> new PolicyStamp(jobId, saved.version(), saved.savedAt()))
                .orElseGet(() -> new PolicyStamp(jobId, 0, null));
    }

    /** Refuses a change whose If-Match does not fit; mandatory where a policy exists. */
    public void checkPrecondition(@Nullable String jobId, IfMatch ifMatch) {
        Optional<Policy> present = catalog.policy(jobId);
        if (present.isPresent()) {
            ifMatch.require(etag(present.get()));
        } else if (ifMatch.header() != null) {
            throw new StrandlineException(
                    ErrorCode.PRECONDITION_FAILED,
                    "If-Match is " + ifMatch.header() + ", but no policy is saved at this level; leave If-Match out.");
        }
    }

    public static PolicyLevel level(@Nullable String jobId) {
        return jobId == null ? PolicyLevel.SERVER : PolicyLevel.JOB;
    }

    static Ledger.Scope scope(@Nullable String jobId) {
        return jobId == null ? new Ledger.Scope.OfServer() : new Ledger.Scope.OfJob(jobId);
    }

    private Map<PolicyLevel, PolicyDocument> levels(@Nullable String jobId) {
        Map<PolicyLevel, PolicyDocument> levels = new EnumMap<>(PolicyLevel.class);
        levels.put(PolicyLevel.DEFAULT, PolicyDocument.shipped());
        catalog.policy(null).ifPresent(policy -> levels.put(PolicyLevel.SERVER, document(policy)));
        if (jobId != null) {
            catalog.policy(jobId).ifPresent(policy -> levels.put(PolicyLevel.JOB, document(policy)));
        }
        return levels;
    }

    private PolicyDocument read(@Nullable String jobId, String document) {
        return PolicyReader.read(json.readTree(document), level(jobId));
    }
}
