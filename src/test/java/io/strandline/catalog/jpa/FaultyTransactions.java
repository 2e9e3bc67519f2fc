package io.strandline.catalog.jpa;

import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;

/** Transactions that fail on demand. */
public final class FaultyTransactions implements PlatformTransactionManager {

    private final PlatformTransactionManager real;
    volatile boolean down;
    volatile boolean failCommits;
    volatile boolean loseAnswers;
    volatile boolean forgetCommits;

    FaultyTransactions(PlatformTransactionManager real) {
        this.real = real;
    }

    @Override
    public TransactionStatus getTransaction(TransactionDefinition definition) {
        if (down) {
            throw new CannotCreateTransactionException("the database is down");
        }
        return real.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        if (failCommits) {
            real.rollback(status);
            throw new TransactionSystemException("the commit failed");
        }
        if (forgetCommits) {
            real.rollback(status);
            return;
        }
        real.commit(status);
        if (loseAnswers) {
            throw new TransactionSystemException("the connection broke after the commit");
        }
    }

    @Override
    public void rollback(TransactionStatus status) {
        real.rollback(status);
    }
}
