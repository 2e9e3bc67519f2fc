package io.strandline.catalog.journal;

import io.strandline.catalog.journal.JournalException.Outcome;
import io.strandline.storage.disk.Disk.OutputFile;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: whoever finds nobody at it fsyncs for all that have written so far, the others wait. After a failed fsync
 * nobody ever fsyncs again, because the pages it failed for may be lost while the next one reports success.
 */
final class GroupSync {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Written written;
    private long durable;
    private boolean syncing;
    private @Nullable IOException failure;

    /** What has been written: up to {@code sequence}, the newest of it in {@code file}. */
    record Written(OutputFile file, long sequence) {}

    GroupSync(Written durableAlready) {
        this.written = durableAlready;
        this.durable = durableAlready.sequence();
    }

    /** Tells of a new entry. Called by one thread at a time. */
    void written(Written now) {
        written = now;
    }

    /** Returns when entry {@code sequence} is durable. */
    void await(long sequence) throws JournalException {
        lock.lock();
        try {
            while (durable < sequence) {
                refuseAfterFailure();
                if (syncing) {
                    changed.awaitUninterruptibly();
                } else {
                    syncOnce();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes everything durable and keeps others from syncing while {@code then} swaps the file. */
    void exclusively(Swap then) throws JournalException, IOException {
        lock.lock();
        try {
            while (syncing) {
                changed.awaitUninterruptibly();
            }
            refuseAfterFailure();
            syncOnce();
            then.swap();
        } finally {
            lock.unlock();
        }
    }

    /** Swaps the file that is written to. */
    @FunctionalInterface
    interface Swap {

        void swap() throws IOException;
    }

    /** Why nothing can be made durable any more, null while all is well. */
    @Nullable
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    void fail(IOException cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void syncOnce() throws JournalException {
        Written target = written;
        syncing = true;
        lock.unlock();
        IOException failed = null;
        try {
            target.file().fsync();
        } catch (IOException e) {
            failed = e;
        } finally {
            lock.lock();
            syncing = false;
            changed.signalAll();
        }
        if (failed != null) {
            failure = failed;
            refuseAfterFailure();
        }
        durable = Math.max(durable, target.sequence());
    }

    private void refuseAfterFailure() throws JournalException {
        IOException cause = failure;
        if (cause != null) {
            throw new JournalException(
                    Outcome.UNKNOWN,
                    "the journal's fsync failed (" + cause.getMessage()
                            + "); whether the entry is kept shows at the next start",
                    cause);
        }
    }
}
