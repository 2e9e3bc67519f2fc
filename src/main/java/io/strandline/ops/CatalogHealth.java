package io.strandline.ops;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP when the catalog database answers; names the files of catalogs that were found corrupt and set aside. */
public final class CatalogHealth extends AbstractHealthIndicator {

    private final Catalog catalog;
    private final Path directory;

    public CatalogHealth(Catalog catalog, Path directory) {
        super("The catalog does not answer");
        this.catalog = catalog;
        this.directory = directory;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws IOException {
        catalog.policy(Policy.Owner.SERVER);
        health.up().withDetail("reason", "the catalog answers");
        List<String> corrupt = setAside();
        if (!corrupt.isEmpty()) {
            health.withDetail("setAside", corrupt)
                    .withDetail(
                            "note",
                            "a corrupt catalog was set aside and rebuilt; delete its file once it is looked into");
        }
    }

    private List<String> setAside() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("catalog.corrupt-"))
                    .sorted()
                    .toList();
        }
    }
}
