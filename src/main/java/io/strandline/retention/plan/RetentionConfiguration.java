package io.strandline.retention.plan;

import io.strandline.catalog.History;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the parts that run by time, on the process's monotonic clock. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

    @Bean
    ClockGuard clockGuard(Clock clock, History history, RetentionSettings settings) {
        return new ClockGuard(clock, System::nanoTime, history, settings.clockJump());
    }

    @Bean
    RetentionRounds retentionRounds(RetentionRounds.Parts parts) {
        return new RetentionRounds(parts, System::nanoTime);
    }
}
