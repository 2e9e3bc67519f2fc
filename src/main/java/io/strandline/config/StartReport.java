package io.strandline.config;

import io.strandline.catalog.journal.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says in the log, when the server is up, where it is to be found and where it keeps things. */
@Component
final class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    private final DataDirectory directory;
    private final Environment environment;

    StartReport(DataDirectory directory, Environment environment) {
        this.directory = directory;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void report() {
        LOG.info(
                "Strandline serves {}://{}:{}/ from the data directory {}",
                environment.getProperty("server.ssl.bundle") == null ? "http" : "https",
                environment.getProperty("server.address"),
                environment.getProperty("local.server.port"),
                directory.root());
    }
}
