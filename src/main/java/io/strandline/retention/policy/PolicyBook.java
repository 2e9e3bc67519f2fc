package io.strandline.retention.policy;

import io.strandline.catalog.Policy;
import io.strandline.retention.EffectivePolicy;
import io.strandline.retention.PolicyDocument;
import io.strandline.retention.PolicyField;
import io.strandline.retention.PolicyLevel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All policies as they were saved at one moment, perhaps with an edit or under an override; read once, asked often. */
public final class PolicyBook {

    private final Map<Policy.Owner, Policy> saved;
    private final Map<Policy.Owner, PolicyDocument> documents;
    private final @Nullable PolicyDocument override;
    private final Map<Policy.Owner, EffectivePolicy> merged = new HashMap<>();

    private PolicyBook(
            Map<Policy.Owner, Policy> saved,
            Map<Policy.Owner, PolicyDocument> documents,
            @Nullable PolicyDocument override) {
        this.saved = saved;
        this.documents = documents;
        this.override = override;
    }

    static PolicyBook of(Map<Policy.Owner, Policy> saved, Map<Policy.Owner, PolicyDocument> documents) {
        return new PolicyBook(Map.copyOf(saved), Map.copyOf(documents), null);
    }

    /** What would be in force if a level said this; null for nothing any more. */
    public PolicyBook with(Policy.Owner owner, @Nullable PolicyDocument document) {
        Map<Policy.Owner, PolicyDocument> changed = new HashMap<>(documents);
        if (document == null) {
            changed.remove(owner);
        } else {
            changed.put(owner, document);
        }
        return new PolicyBook(saved, changed, override);
    }

    /** What would be in force with a policy laid over all levels; null for none. */
    public PolicyBook under(@Nullable PolicyDocument over) {
        return new PolicyBook(saved, documents, over);
    }

    /** What is in force for a branch, for a job where its branches say nothing, or for the server where nobody does. */
    public EffectivePolicy effective(Policy.Owner owner) {
        // not computeIfAbsent: a level without a document of its own shares the answer of the one above it
        EffectivePolicy known = merged.get(owner);
        if (known == null) {
            known = documents.containsKey(owner) || owner.jobId() == null ? merge(owner) : effective(above(owner));
            merged.put(owner, known);
        }
        return known;
    }

    /** The level that sets the schedule of {@link #effective}. */
    public Policy.Owner clockOf(Policy.Owner owner) {
        PolicyLevel level = effective(owner).setBy().getOrDefault(PolicyField.SCHEDULE, PolicyLevel.DEFAULT);
        return switch (level) {
            case BRANCH -> owner;
            case JOB -> owner.branch() == null ? owner : above(owner);
            case DEFAULT, SERVER, OVERRIDE -> Policy.Owner.SERVER;
        };
    }

    /** The levels that set a schedule for what they rule, the server's among them. */
    public List<Policy.Owner> clocks() {
        List<Policy.Owner> clocks = new ArrayList<>();
        clocks.add(Policy.Owner.SERVER);
        documents.forEach((owner, document) -> {
            if (owner.jobId() != null && document.fields().containsKey(PolicyField.SCHEDULE)) {
                clocks.add(owner);
            }
        });
        return clocks;
    }

    /** Which policy is saved at a level. */
    public PolicyStamp stamp(Policy.Owner owner) {
        return PolicyStamp.of(owner, saved.get(owner));
    }

    /** Those of every saved policy that rules a job or some of its branches. */
    public List<PolicyStamp> stamps(String jobId) {
        List<PolicyStamp> stamps = new ArrayList<>();
        stamps.add(stamp(Policy.Owner.job(jobId)));
        saved.keySet().stream()
                .filter(owner -> jobId.equals(owner.jobId()) && owner.branch() != null)
                .forEach(owner -> stamps.add(stamp(owner)));
        return stamps;
    }

    private EffectivePolicy merge(Policy.Owner owner) {
        Map<PolicyLevel, PolicyDocument> levels = new EnumMap<>(PolicyLevel.class);
        levels.put(PolicyLevel.DEFAULT, PolicyDocument.shipped());
        for (Policy.Owner at = owner; at != null; at = at.jobId() == null ? null : above(at)) {
            PolicyDocument document = documents.get(at);
            if (document != null) {
                levels.put(Policies.level(at), document);
            }
        }
        if (override != null) {
            levels.put(PolicyLevel.OVERRIDE, override);
        }
        return EffectivePolicy.merge(levels);
    }

    private static Policy.Owner above(Policy.Owner owner) {
        String jobId = owner.jobId();
        return owner.branch() == null || jobId == null ? Policy.Owner.SERVER : Policy.Owner.job(jobId);
    }
}
