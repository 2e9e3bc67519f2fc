package io.strandline.ops;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a look around once a second, on a thread of its own. */
public final class ModeWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ModeWatch.class);

    private final List<Runnable> looks;
    private final ScheduledExecutorService timer;

    /** @param looks what to do, in this order */
    public ModeWatch(List<Runnable> looks) {
        this.looks = List.copyOf(looks);
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "mode-watch");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        for (Runnable one : looks) {
            try {
                one.run();
            } catch (RuntimeException e) {
                log.error("a look around failed; the next is in a second", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
