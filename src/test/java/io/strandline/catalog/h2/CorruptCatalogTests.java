package io.strandline.catalog.h2;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A catalog whose file is not what H2 wrote: set aside, rebuilt, and told of. */
class CorruptCatalogTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("damages")
    void isSetAsideAndRebuilt(UnaryOperator<byte[]> damage) throws IOException {
        JsonPath before;
        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("flights", "filesystem"));
            jobs.done("flights", "snapshots", "{\"tag\": \"kept\"}");
            jobs.done("flights", "stop", "{}");
            before = jobs.get("flights", "/tags/kept");
            assertThat(health(server).getString("components.catalog.details.note"))
                    .isNull();
        }
        Path file = directory.resolve("catalog/catalog.mv.db");
        Files.write(file, damage.apply(Files.readAllBytes(file)));
        try (OwnServer server = OwnServer.on(directory)) {
            assertThat(server.jobs().get("flights", "/tags/kept").getMap("")).isEqualTo(before.getMap(""));
            JsonPath health = health(server);
            assertThat(health.getString("components.catalog.status")).isEqualTo("UP");
            List<String> aside = health.getList("components.catalog.details.setAside");
            assertThat(aside).singleElement().asString().startsWith("catalog.corrupt-");
            assertThat(directory.resolve("catalog").resolve(aside.get(0))).exists();
            server.jobs().done("flights", "start", "{}");
        }
    }

    private static Stream<UnaryOperator<byte[]>> damages() {
        return Stream.of(content -> new byte[content.length], content -> Arrays.copyOf(content, 5_000));
    }

    private static JsonPath health(OwnServer server) {
        return given().spec(server.api()).get("/actuator/health").jsonPath();
    }
}
