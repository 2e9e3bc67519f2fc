package io.strandline.retention.plan;

import io.strandline.catalog.Job;
import io.strandline.retention.policy.Judgements;
import io.strandline.retention.policy.Policies;
import io.strandline.retention.policy.PolicyBook;
import io.strandline.retention.policy.PolicyEdit;
import io.strandline.snapshot.SnapshotId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Works out how many versions a change of a policy would newly expire. */
@Component
final class Impact {

    private final Policies policies;
    private final Judgements judgements;
    private final Clock clock;
    private final RetentionSettings settings;

    Impact(Policies policies, Judgements judgements, Clock clock, RetentionSettings settings) {
        this.policies = policies;
        this.judgements = judgements;
        this.clock = clock;
        this.settings = settings;
    }

    /** Compares the policies before and after over some jobs. */
    Share of(PolicyEdit edit, List<Job> jobs) {
        Instant now = clock.instant();
        PolicyBook asItIs = policies.book();
        PolicyBook edited = policies.book(edit);
        int versions = 0;
        int newly = 0;
        for (Job job : jobs) {
            Judgements.OfJob before = judgements.judge(job.id(), asItIs, now);
            Judgements.OfJob after = judgements.judge(job.id(), edited, now);
            Set<SnapshotId> gone = expiring(before);
            versions += after.verdicts().size();
            newly += (int)
                    expiring(after).stream().filter(id -> !gone.contains(id)).count();
        }
        return new Share(newly, versions, settings.confirmAbove());
    }

    private static Set<SnapshotId> expiring(Judgements.OfJob judged) {
        return judged.expiring().stream().map(verdict -> verdict.version().id()).collect(Collectors.toSet());
    }

    /** How many versions of how many. */
    record Share(int newlyExpiring, int versions, double limit) {

        boolean needsConfirmation() {
            return newlyExpiring > versions * limit;
        }
    }
}
