package io.strandline.inspect.campaign;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Lets the campaign go on every now and then, on a thread of its own. */
@Component
final class CampaignRounds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CampaignRounds.class);

    private final CampaignRun run;
    private final CampaignSettings settings;
    private final ScheduledExecutorService timer;
    private volatile boolean running;

    CampaignRounds(
            CampaignRun run, CampaignSettings settings, @Qualifier("campaignTimer") ScheduledExecutorService timer) {
        this.run = run;
        this.settings = settings;
        this.timer = timer;
    }

    @Override
    public void start() {
        running = true;
        long pause = settings.tick().toMillis();
        timer.scheduleWithFixedDelay(this::round, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        run.stop();
        timer.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void round() {
        try {
            run.goOn();
        } catch (StrandlineException e) {
            if (e.code() != ErrorCode.CANCELLED) {
                log.warn("the verification campaign goes on later: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            log.error("the verification campaign goes on later", e);
        }
    }
}
