package io.strandline.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.ops.CatalogHealth;
import io.strandline.ops.DataDirectoryHealth;
import io.strandline.ops.EngineHealth;
import io.strandline.ops.MeteredLedger;
import io.strandline.ops.MeteredRunner;
import io.strandline.ops.StoreGauges;
import io.strandline.storage.SnapshotStores;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What operators look at: health by part, the ledger's meters, and the size of the store. */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

    @Bean
    @Primary
    MeteredLedger ledger(@Qualifier("journaledLedger") Ledger ledger, MeterRegistry registry) {
        return new MeteredLedger(ledger, registry);
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
