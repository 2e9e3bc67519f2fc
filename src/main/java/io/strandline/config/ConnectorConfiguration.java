package io.strandline.config;

import io.strandline.catalog.journal.DataDirectory;
import io.strandline.runner.embedded.ConnectorResources;
import io.strandline.runner.embedded.EmbeddedIntake;
import io.strandline.runner.embedded.FilesRoots;
import io.strandline.runner.embedded.Inboxes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What connectors may touch: directories, logs of pushed records, databases. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {

    @Bean
    FilesRoots filesRoots(DataDirectory directory, ServerSettings settings) {
        List<Path> roots = settings.files().roots();
        return new FilesRoots(
                roots == null || roots.isEmpty() ? List.of(directory.files()) : roots,
                directory.work().resolve("bundled"));
    }

    @Bean(destroyMethod = "close")
    Inboxes inboxes(DataDirectory directory, Clock clock) {
        return new Inboxes(directory.inbox(), clock);
    }

    @Bean
    EmbeddedIntake recordIntake(Inboxes inboxes) {
        return new EmbeddedIntake(inboxes);
    }

    @Bean
    ConnectorResources connectorResources(FilesRoots files, Inboxes inboxes) {
        return new ConnectorResources(files, inboxes);
    }
}
