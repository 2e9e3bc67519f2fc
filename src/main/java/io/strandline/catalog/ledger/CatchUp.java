package io.strandline.catalog.ledger;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries once a second to tell the catalog what it has missed, so that it catches up though nobody changes anything. */
public final class CatchUp implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private final JournaledLedger ledger;
    private final ScheduledExecutorService timer;

    /** Begins at once, on a thread of its own. */
    public CatchUp(JournaledLedger ledger) {
        this.ledger = ledger;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "catalog-catch-up");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            ledger.catchUp();
        } catch (RuntimeException e) {
            log.error("catching up failed; it is tried again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
