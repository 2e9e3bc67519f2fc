package io.strandline.retention.gc;

import io.strandline.retention.plan.ClockGuard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the part that runs by time, on the process's monotonic clock. */
@Configuration(proxyBeanMethods = false)
class GcConfiguration {

    @Bean
    GcRounds gcRounds(GcRuns runs, ClockGuard clockGuard, GcSettings settings) {
        return new GcRounds(runs, clockGuard, settings, System::nanoTime);
    }
}
