package io.strandline.retention.plan;

import io.strandline.catalog.History;
import io.strandline.operation.Operations;
import io.strandline.retention.policy.Policies;
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
    RetentionRounds retentionRounds(
            Policies policies,
            Plans plans,
            PlanStore store,
            ExpiredReferences references,
            ClockGuard clockGuard,
            Operations operations,
            RetentionMeters meters) {
        return new RetentionRounds(
                new RetentionRounds.Parts(policies, plans, store, references, clockGuard, operations, meters),
                System::nanoTime);
    }
}
