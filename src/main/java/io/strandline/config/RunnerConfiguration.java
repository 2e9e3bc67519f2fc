package io.strandline.config;

import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.Instances;
import io.strandline.runner.plugin.Plugins;
import io.strandline.snapshot.TimeOrderedIds;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What those who run jobs share: the instances there are, ids, and the reader of pipeline documents. */
@Configuration(proxyBeanMethods = false)
class RunnerConfiguration {

    @Bean
    Instances instances() {
        return new Instances();
    }

    @Bean
    TimeOrderedIds timeOrderedIds(Clock clock) {
        return new TimeOrderedIds(clock);
    }

    @Bean(destroyMethod = "close")
    Plugins plugins(ServerSettings settings) {
        Path directory = settings.plugins().dir();
        return directory == null ? Plugins.off() : Plugins.in(directory);
    }

    @Bean
    Pipelines pipelines(Plugins plugins) {
        return new Pipelines(plugins);
    }
}
