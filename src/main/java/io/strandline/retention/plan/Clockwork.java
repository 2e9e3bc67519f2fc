package io.strandline.retention.plan;

import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Drives what recurs, from when the server is ready until it stops. */
@Component
final class Clockwork implements SmartLifecycle {

    private final List<Ticking> recurring;
    private final RetentionSettings settings;
    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private volatile boolean running;

    Clockwork(List<Ticking> recurring, RetentionSettings settings) {
        this.recurring = List.copyOf(recurring);
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        recurring.forEach(each -> scheduler.scheduleWithFixedDelay(each::tick, settings.tick()));
    }

    @Override
    public void start() {
        scheduler.setPoolSize(1);
        scheduler.setThreadNamePrefix("retention-");
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
