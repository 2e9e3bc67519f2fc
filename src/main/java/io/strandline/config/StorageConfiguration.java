package io.strandline.config;

import io.strandline.catalog.journal.DataDirectory;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.LocalDisk;
import io.strandline.storage.file.FileSnapshotStore;
import io.strandline.storage.file.Headroom;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data directory, held by this process, and the stores in it. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean(destroyMethod = "close")
    DataDirectory dataDirectory(ServerSettings settings, ServerProperties server, Disk disk) {
        String holder = "process " + ProcessHandle.current().pid() + " on port " + server.getPort();
        return DataDirectory.open(settings.dataDir(), holder, disk);
    }

    @Bean
    Headroom headroom(DataDirectory directory, StorageSettings settings) throws IOException {
        return Headroom.open(directory.root(), settings.reserve().toBytes());
    }

    @Bean
    Disk disk() {
        return new LocalDisk();
    }

    @Bean
    SnapshotStores snapshotStores(
            DataDirectory directory, Disk disk, Headroom headroom, EngineProperties engine, Clock clock)
            throws IOException {
        return new SnapshotStores(
                FileSnapshotStore.open(directory.store(), clock, disk, headroom),
                new MemorySnapshotStore(engine.memoryStore().toBytes(), clock));
    }
}
