package io.strandline.job;

import io.strandline.job.Crew.Threads;
import io.strandline.runner.Instances;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The threads supervisors think on, and who they work with. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService supervisionWorkers() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(work -> new Thread(work, "supervision-" + number.incrementAndGet()));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService supervisionTimer() {
        return Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "supervision-timer"));
    }

    @Bean
    Threads supervisionThreads(ExecutorService supervisionWorkers, ScheduledExecutorService supervisionTimer) {
        return new Threads(
                supervisionWorkers,
                supervisionTimer,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Bean
    Crew crew(
            StartChecks checks,
            RunBook book,
            Launcher launcher,
            Fallbacks fallbacks,
            Instances instances,
            Threads threads) {
        return new Crew(checks, book, launcher, fallbacks, instances, threads);
    }
}
