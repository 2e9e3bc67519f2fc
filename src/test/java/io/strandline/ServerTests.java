package io.strandline;

import io.restassured.builder.RequestSpecBuilder;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Base of tests against the running server on a free port. All subclasses share one server and one data directory, so
 * name your jobs after your test. Call {@code given().spec(api())}.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class ServerTests {

    /** The server's data directory, deleted when the JVM ends. */
    protected static final Path DATA_DIRECTORY = temporaryDirectory();

    /** A database that pipelines may write to by the name {@code warehouse}. */
    protected static final String WAREHOUSE = "jdbc:h2:mem:warehouse;DB_CLOSE_DELAY=-1";

    @LocalServerPort
    protected int port;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("strandline.data-dir", DATA_DIRECTORY::toString);
        properties.add("strandline.connections.warehouse.url", () -> WAREHOUSE);
        properties.add("springdoc.pre-loading-enabled", () -> "false");
    }

    /** Where the server listens, such as {@code http://127.0.0.1:34567}. */
    protected String baseUri() {
        return "http://127.0.0.1:" + port;
    }

    /** REST Assured's specification for this server; paths begin with {@code /api/v1}. */
    protected RequestSpecification api() {
        return new RequestSpecBuilder()
                .setBaseUri(baseUri())
                .setUrlEncodingEnabled(true)
                .addFilter(new ProvokedCodes())
                .build();
    }

    /** The part files that sinks show in a directory under the files root. */
    protected static List<String> parts(String path) {
        try (Stream<Path> files = Files.list(DATA_DIRECTORY.resolve("files").resolve(path))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("part-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = TestDirectories.create("strandline-tests");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the tests", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException | UncheckedIOException gone) {
            directory.toFile().deleteOnExit();
        }
    }
}
