package io.strandline.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.VerificationBacklog;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.catalog.ledger.JournaledLedger;
import io.strandline.ops.CatalogHealth;
import io.strandline.ops.DataDirectoryHealth;
import io.strandline.ops.DegradedMode;
import io.strandline.ops.DegradedModes;
import io.strandline.ops.EngineHealth;
import io.strandline.ops.HealthPages;
import io.strandline.ops.KnownDamage;
import io.strandline.ops.MeteredLedger;
import io.strandline.ops.MeteredRunner;
import io.strandline.ops.ModeWatch;
import io.strandline.ops.ModesHealth;
import io.strandline.ops.StoreGauges;
import io.strandline.retention.gc.GcRuns;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.file.Headroom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointProperties;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What operators look at: health by part, degraded modes, the ledger's meters, and the size of the store. */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

    private final Clock clock;

    ObservationConfiguration(Clock clock) {
        this.clock = clock;
    }

    @Bean
    @Primary
    MeteredLedger ledger(@Qualifier("journaledLedger") Ledger ledger, MeterRegistry registry) {
        return new MeteredLedger(ledger, registry);
    }

    @Bean
    HealthPages healthEndpointWebExtension(
            HealthContributorRegistry parts, HealthEndpointGroups groups, HealthEndpointProperties properties) {
        return new HealthPages(parts, groups, properties.getLogging().getSlowIndicatorThreshold());
    }

    @Bean
    CatalogHealth catalogHealthIndicator(Catalog catalog, DataDirectory directory) {
        return new CatalogHealth(catalog, directory.catalog());
    }

    @Bean
    DataDirectoryHealth dataDirectoryHealthIndicator(ServerSettings server, HealthSettings health) {
        return new DataDirectoryHealth(server.dataDir(), health.leastFree().toBytes());
    }

    @Bean
    EngineHealth engineHealthIndicator(MeteredRunner runner) {
        return new EngineHealth(runner);
    }

    @Bean
    DegradedModes degradedModes(
            Headroom headroom,
            MeteredRunner runner,
            JournaledLedger ledger,
            GcRuns collector,
            VerificationBacklog versions,
            MeterRegistry registry) {
        return new DegradedModes(
                Map.of(
                        DegradedMode.STORAGE_FULL, () -> headroom.full().or(runner::checkpointsWithoutRoom),
                        DegradedMode.READ_ONLY, ledger::readOnly,
                        DegradedMode.CATALOG_UNAVAILABLE, ledger::catalogUnavailable,
                        DegradedMode.CIRCUIT_OPEN, collector::switchedOff,
                        DegradedMode.DAMAGED, new KnownDamage(versions, System::nanoTime)),
                registry,
                clock);
    }

    @Bean
    ModesHealth modesHealthIndicator(DegradedModes modes) {
        return new ModesHealth(modes);
    }

    /** A catalog that closed itself on a full disk opens again only where it finds some room. */
    @Bean(destroyMethod = "close")
    ModeWatch modeWatch(Headroom headroom, JournaledLedger ledger, DegradedModes modes) {
        Runnable makeRoomForTheCatalog = () -> {
            if (headroom.full().isPresent() && ledger.catalogUnavailable().isPresent()) {
                headroom.giveUp();
            }
        };
        return new ModeWatch(List.of(headroom::look, makeRoomForTheCatalog, modes::look));
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService storeMeasuring() {
        return BackgroundThreads.pool("store-size", 1);
    }

    @Bean
    StoreGauges storeGauges(
            SnapshotStores stores, MeterRegistry registry, @Qualifier("storeMeasuring") ExecutorService background) {
        return new StoreGauges(stores.durable(), registry, background, System::nanoTime);
    }
}
