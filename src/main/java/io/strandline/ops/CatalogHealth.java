package io.strandline.ops;

import io.strandline.catalog.Catalog;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP when the catalog database answers. */
public final class CatalogHealth extends AbstractHealthIndicator {

    private final Catalog catalog;

    public CatalogHealth(Catalog catalog) {
        super("The catalog does not answer");
        this.catalog = catalog;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        catalog.policy(null);
        health.up().withDetail("reason", "the catalog answers");
    }
}
