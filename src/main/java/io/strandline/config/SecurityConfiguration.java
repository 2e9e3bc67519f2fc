package io.strandline.config;

import io.strandline.catalog.journal.DataDirectory;
import io.strandline.security.SecuritySettings;
import io.strandline.security.door.RefusalLog;
import io.strandline.security.key.ApiKeys;
import io.strandline.security.key.FirstKey;
import io.strandline.storage.disk.Disk;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What security keeps in the data directory. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    FirstKey firstKey(ApiKeys keys, SecuritySettings settings, Disk disk, DataDirectory directory) {
        return new FirstKey(keys, settings, disk, directory.firstKey());
    }

    @Bean
    RefusalLog refusalLog(Disk disk, DataDirectory directory, Clock clock) {
        return new RefusalLog(disk, directory.securityLog(), clock);
    }
}
