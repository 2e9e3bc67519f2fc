package io.strandline.retention.plan;

import io.strandline.catalog.history.History;
import io.strandline.operation.Resumption;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes the parts that run by time, on the process's monotonic clock, and says how an interrupted application goes on. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

    @Bean
    ClockGuard clockGuard(Clock clock, History history, RetentionSettings settings) {
        return new ClockGuard(clock, System::nanoTime, history, settings.clockJump());
    }

    /** The application of a plan goes on after a restart: items that went to the trash before it are not looked at again. */
    @Bean
    Resumption interruptedApplication(Plans plans, PolicyEdits edits, JsonMapper json) {
        return new Resumption(
                Plans.APPLY,
                left -> plans.resumed(left, json.readValue(left.request(), Plans.AppliedPlan.class), edits::saving));
    }

    @Bean
    RetentionRounds retentionRounds(RetentionRounds.Parts parts) {
        return new RetentionRounds(parts, System::nanoTime);
    }
}
