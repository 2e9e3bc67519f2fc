package io.strandline.inspect;

import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.operation.Resumption;
import io.strandline.storage.SnapshotStores;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes what stays open between look-ups and the timer that closes it, and says how an interrupted verification goes on. */
@Configuration(proxyBeanMethods = false)
class InspectConfiguration {

    /** A verification only reads, so it is done again. */
    @Bean
    Resumption interruptedVerification(Verifications verifications, JsonMapper json) {
        return new Resumption(
                Verifications.VERIFY,
                left -> verifications.resumed(json.readValue(left.request(), Verifications.Asked.class)));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService inspectTimer() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "inspect-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    OpenStates openStates(
            StoredVersions versions,
            SnapshotStores stores,
            SnapshotOpener opener,
            InspectSettings settings,
            ScheduledExecutorService inspectTimer) {
        OpenStates open = new OpenStates(new StateLoader(versions, stores, opener)::load, settings, System::nanoTime);
        long pause = Math.max(1, settings.idleTimeout().toMillis() / 2);
        inspectTimer.scheduleWithFixedDelay(open::closeIdle, pause, pause, TimeUnit.MILLISECONDS);
        return open;
    }
}
