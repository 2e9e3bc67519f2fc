package io.strandline.job;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pause before something is done, at most one at a time; it can be called off. */
final class Pause {

    private static final Logger LOG = LoggerFactory.getLogger(Pause.class);

    private final Crew.Threads threads;
    private @Nullable ScheduledFuture<?> pending;

    Pause(Crew.Threads threads) {
        this.threads = threads;
    }

    /** Lets {@code work} be done after {@code length}, in place of what waited before. */
    synchronized void then(Duration length, Runnable work) {
        cancel();
        try {
            pending = threads.timer().schedule(() -> over(work), length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the server stops; nothing is started any more", e);
        }
    }

    /** Calls off what waits. */
    synchronized void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    /** Whether something waits. */
    synchronized boolean pending() {
        return pending != null;
    }

    private void over(Runnable work) {
        synchronized (this) {
            pending = null;
        }
        threads.workers().execute(work);
    }
}
