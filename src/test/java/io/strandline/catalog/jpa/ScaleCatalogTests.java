package io.strandline.catalog.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated catalog that figures are taken over is the one that its journal stands for. */
class ScaleCatalogTests {

    @Test
    void makesTheRowsThatTheProjectionsWouldMake(@TempDir Path root) throws Exception {
        Database made = Database.inMemory();
        Database rebuilt = Database.inMemory();
        try (Connection connection = made.source.getConnection()) {
            Instant end = Instant.parse("2026-02-01T00:00:00Z");
            new ScaleCatalog(new ScaleShape(3, 40, 4, 20, 2, 2), root, end, number -> {}).make(List.of(connection));
        }
        try (CatalogHarness server = CatalogHarness.start(root, rebuilt)) {
            assertThat(server.stores.durable().manifests()).hasSize(120);
            Map<String, List<String>> rows = made.dump();
            rebuilt.dump()
                    .forEach((table, expected) ->
                            assertThat(rows.get(table)).as(table).containsExactlyElementsOf(expected));
        } finally {
            made.close();
            rebuilt.close();
        }
    }
}
