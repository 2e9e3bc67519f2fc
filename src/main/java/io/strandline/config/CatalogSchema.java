package io.strandline.config;

import io.strandline.catalog.journal.DataDirectoryException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/** Brings the catalog's tables up to this release, and refuses those of a newer one. */
@Component
final class CatalogSchema implements FlywayMigrationStrategy {

    @Override
    public void migrate(Flyway flyway) {
        Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .map(MigrationInfo::getScript)
                .findFirst()
                .ifPresent(script -> {
                    throw DataDirectoryException.newer("The catalog's tables were changed by " + script);
                });
        flyway.migrate();
    }
}
