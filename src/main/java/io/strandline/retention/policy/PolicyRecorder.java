package io.strandline.retention.policy;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Policy;
import io.strandline.catalog.PolicyChange.PolicyDeleted;
import io.strandline.catalog.PolicyChange.PolicySaved;
import io.strandline.web.IfMatch;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes a change of a policy into the ledger, if the policy is still the one the client has seen. */
@Component
public final class PolicyRecorder {

    private final Catalog catalog;
    private final Ledger ledger;
    private final Policies policies;
    private final Clock clock;

    PolicyRecorder(Catalog catalog, Ledger ledger, Policies policies, Clock clock) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.policies = policies;
        this.clock = clock;
    }

    /** Records it; a document that is saved already leaves no entry. */
    public void record(PolicyEdit edit, IfMatch ifMatch, Cause cause) {
        Policy.Owner owner = edit.owner();
        ledger.change(Policies.scope(owner), cause, changes -> {
            policies.checkPrecondition(owner, ifMatch);
            Optional<Policy> present = catalog.policy(owner);
            String document = edit.document();
            if (document == null) {
                changes.record(new PolicyDeleted(owner.jobId(), owner.branch()));
            } else if (present.filter(policy -> policy.document().equals(document))
                    .isEmpty()) {
                long version = present.map(Policy::version).orElse(0L) + 1;
                changes.record(new PolicySaved(
                        new Policy(owner.jobId(), owner.branch(), document, version, clock.instant(), cause.actor())));
            }
            return edit;
        });
    }
}
