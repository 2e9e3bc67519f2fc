package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.job.Claim;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption.Rest;
import io.strandline.operation.Work;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How far an operation on a job had come when the server stopped, by the catalog and the audit log. */
@Component
final class InterruptedWork {

    private final Catalog catalog;
    private final History history;
    private final Operations operations;

    InterruptedWork(Catalog catalog, History history, Operations operations) {
        this.catalog = catalog;
        this.history = history;
        this.operations = operations;
    }

    Optional<Job> job(LoggedOperation left) {
        return Optional.ofNullable(left.jobId()).flatMap(catalog::job);
    }

    /** Whether the branch is to run. */
    boolean wanted(Job job, String branch) {
        return catalog.branch(job.id(), branch)
                .filter(found -> found.desired() == Branch.Desired.RUNNING)
                .isPresent();
    }

    /** Whether the operation had come to an action, by the name that the audit log has for it. */
    boolean did(LoggedOperation left, String action) {
        return !history.audit(AuditFilter.ofOperation(left.id(), action), null, 1)
                .isEmpty();
    }

    /** What is left to do, under a claim that is held until the operation is over. */
    Rest rest(LoggedOperation left, Claim claim, Work work) {
        claim.heldFor(left.id(), () -> operations.get(left.id()).finished());
        return new Rest(work, claim::close);
    }
}
