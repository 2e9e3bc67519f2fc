package io.strandline.ingest;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Has pushed records tidied again and again, from when the server is ready until it stops. */
@Component
final class TidyClock implements SmartLifecycle {

    private final PushedRecordKeeper keeper;
    private final IngestSettings settings;
    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private volatile boolean running;

    TidyClock(PushedRecordKeeper keeper, IngestSettings settings) {
        this.keeper = keeper;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        scheduler.scheduleWithFixedDelay(keeper::tidy, settings.tidyInterval());
    }

    @Override
    public void start() {
        scheduler.setPoolSize(1);
        scheduler.setThreadNamePrefix("ingest-");
        scheduler.setDaemon(true);
        scheduler.initialize();
        running = true;
    }

    @Override
    public void stop() {
        scheduler.shutdown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
