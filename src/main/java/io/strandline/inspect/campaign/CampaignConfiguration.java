package io.strandline.inspect.campaign;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the thread that verifies. */
@Configuration(proxyBeanMethods = false)
class CampaignConfiguration {

    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService campaignTimer() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "verification-campaign");
            thread.setDaemon(true);
            return thread;
        });
    }
}
