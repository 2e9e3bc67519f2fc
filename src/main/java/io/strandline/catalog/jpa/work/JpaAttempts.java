package io.strandline.catalog.jpa.work;

import io.strandline.catalog.history.Attempts;
import io.strandline.catalog.jpa.Queries;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Checkpoint attempts in a table. */
final class JpaAttempts implements Attempts {

    private static final int KEPT = 1000;

    /** Old ones go when a number is a multiple of this: numbers are dense enough, and most saves stay one statement. */
    private static final int SWEEP_EVERY = 50;

    private final EntityManager entities;
    private final Queries queries;
    private final TransactionTemplate transaction;

    JpaAttempts(EntityManager entities, PlatformTransactionManager transactions) {
        this.entities = entities;
        this.queries = new Queries(entities);
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void save(Attempt attempt) {
        Queries.guarded(() -> transaction.execute(status -> {
            AttemptRow saved = entities.merge(AttemptRow.of(attempt));
            if (attempt.number() % SWEEP_EVERY == 0) {
                sweep(attempt.jobId());
            }
            return saved;
        }));
    }

    private void sweep(String jobId) {
        entities.createQuery(
                        "select e.number from AttemptRow e where e.jobId = ?1 order by e.jobId, e.number desc",
                        Long.class)
                .setParameter(1, jobId)
                .setFirstResult(KEPT)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .ifPresent(newestGone -> entities.createQuery(
                                "delete from AttemptRow e where e.jobId = ?1 and e.number <= ?2")
                        .setParameter(1, jobId)
                        .setParameter(2, newestGone)
                        .executeUpdate());
    }

    @Override
    public Optional<Attempt> attempt(String jobId, long number) {
        return queries.find(AttemptRow.class, new AttemptRow.Key(jobId, number)).map(AttemptRow::value);
    }

    @Override
    public List<Attempt> attempts(
            String jobId, @Nullable String branch, @Nullable String state, @Nullable Long beforeNumber, int limit) {
        return queries
                .from(AttemptRow.class)
                .and("e.jobId = ?", jobId)
                .and("e.branch = ?", branch)
                .and("e.state = ?", state)
                .and("e.number < ?", beforeNumber)
                .orderBy("e.jobId, e.number desc")
                .list(limit)
                .stream()
                .map(AttemptRow::value)
                .toList();
    }
}
