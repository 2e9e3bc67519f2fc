package io.strandline.config;

import io.strandline.catalog.journal.DataDirectory;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartFiles;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.connect.AdmittedPartFiles;
import io.strandline.runner.connect.ConnectorResources;
import io.strandline.runner.connect.EmbeddedIntake;
import io.strandline.runner.connect.EmbeddedOutputs;
import io.strandline.runner.connect.EmbeddedReplays;
import io.strandline.runner.connect.FilesRoots;
import io.strandline.runner.connect.Inboxes;
import io.strandline.runner.connect.Outbox;
import io.strandline.runner.connect.OutputOwners;
import io.strandline.storage.file.Headroom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What connectors may touch: directories, logs of pushed records, databases. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {

    @Bean
    FilesRoots filesRoots(DataDirectory directory, ServerSettings settings) {
        List<Path> roots = settings.files().roots();
        return new FilesRoots(
                roots == null || roots.isEmpty() ? List.of(directory.files()) : checked(roots, directory),
                directory.work().resolve("bundled"));
    }

    /** A root from which pipelines could read keys, or write into the journal, is a mistake. */
    private static List<Path> checked(List<Path> roots, DataDirectory directory) {
        for (Path root : roots) {
            Path wanted = root.toAbsolutePath().normalize();
            boolean holdsIt = directory.root().startsWith(wanted);
            boolean isPartOfIt = wanted.startsWith(directory.root()) && !wanted.startsWith(directory.files());
            if (holdsIt || isPartOfIt) {
                throw new IllegalArgumentException(
                        "strandline.files.roots: " + root + " has parts of the data directory " + directory.root()
                                + " in it; choose a directory of its own, or one under its files/");
            }
        }
        return roots;
    }

    @Bean(destroyMethod = "close")
    Inboxes inboxes(DataDirectory directory, Clock clock) {
        return new Inboxes(directory.inbox(), clock);
    }

    @Bean
    EmbeddedIntake recordIntake(Inboxes inboxes, Pipelines pipelines, Headroom headroom) {
        return new EmbeddedIntake(inboxes, pipelines, headroom);
    }

    @Bean
    EmbeddedReplays replays(FilesRoots files, Inboxes inboxes, Pipelines pipelines) {
        return new EmbeddedReplays(files, inboxes, pipelines);
    }

    @Bean(destroyMethod = "close")
    DatabasePools databasePools(ServerSettings settings) {
        return new DatabasePools(settings.connections() == null ? Map.of() : settings.connections());
    }

    @Bean
    ConnectorResources connectorResources(
            FilesRoots files, Inboxes inboxes, DataDirectory directory, DatabasePools databases, Headroom headroom)
            throws IOException {
        PartFiles disk = new AdmittedPartFiles(new DiskPartFiles(), Files.getFileStore(directory.root()), headroom);
        return new ConnectorResources(
                files,
                new OutputOwners(files, disk),
                inboxes,
                new Outbox(directory.outbox(), disk),
                databases.databases());
    }

    @Bean
    EmbeddedOutputs outputStore(ConnectorResources resources, Pipelines pipelines) {
        return new EmbeddedOutputs(resources, pipelines);
    }
}
