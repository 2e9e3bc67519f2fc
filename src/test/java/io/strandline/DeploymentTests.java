package io.strandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strandline.security.route.RouteTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the recipe of the container and the sample unit to what the server and its documentation say. */
class DeploymentTests extends ServerTests {

    private static final String[] STRING = {String.class.getName()};
    private static final Path UNIT = Path.of("docs/samples/strandline.service");
    private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

    /** Settings of Spring Boot's that a server is deployed with. */
    private static final Set<String> BOOTS = Set.of("SERVER_ADDRESS", "SPRING_CONFIG_ADDITIONAL_LOCATION");

    @TempDir
    private Path directory;

    @Autowired
    private Environment environment;

    @Test
    void systemdUnderstandsTheUnitAndFindsItHardened() throws Exception {
        assumeTrue(Files.isExecutable(SYSTEMD_ANALYZE), "systemd-analyze is not installed");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path unit = Files.writeString(
                directory.resolve("strandline.service"),
                Files.readString(UNIT).replace("/usr/bin/java", java.toString()));

        Ended verified = run(SYSTEMD_ANALYZE.toString(), "verify", "--man=no", unit.toString());
        Ended judged = run(
                SYSTEMD_ANALYZE.toString(),
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=20",
                unit.toString());

        assertThat(verified.status()).as(verified.output()).isZero();
        assertThat(verified.output()).doesNotContain("strandline.service");
        assertThat(judged.status()).as(judged.output()).isZero();
    }

    @Test
    void theUnitKeepsEverythingUnderItsStateDirectory() throws IOException {
        String home = "/var/lib/" + unit("StateDirectory");

        assertThat(unit("WorkingDirectory")).isEqualTo(home);
        assertThat(Files.readString(UNIT))
                .contains("--strandline.data-dir=" + home + "/", "--home-dir " + home + " ")
                .contains("install -D target/" + jar() + " /opt/strandline/" + jar())
                .contains("-jar /opt/strandline/" + jar() + " ");
        assertThat(unit("User")).isEqualTo(unit("Group"));
    }

    @Test
    void theUnitAwaitsTheEndAndDoesNotRepeatMistakes() throws IOException {
        Set<String> codes =
                new TreeSet<>(List.of(unit("RestartPreventExitStatus").split(" ")));
        Set<String> told = matches("(?m)^\\| (1\\d) \\|", Files.readString(Path.of("docs/operations.md")))
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(codes).isEqualTo(told).isNotEmpty();
        assertThat(Duration.ofSeconds(Long.parseLong(unit("TimeoutStopSec"))))
                .isGreaterThan(
                        environment.getRequiredProperty("spring.lifecycle.timeout-per-shutdown-phase", Duration.class));
    }

    @Test
    void everySecretThatTheUnitLoadsIsOneThatTheDocumentationNames() throws IOException {
        String name = unit("LoadCredential").split(":")[0];

        assertThat(Files.readString(Path.of("docs/security.md"))).contains("${secret:" + name + "}");
        assertThat(Files.readString(UNIT)).contains("--strandline.secrets.dir=${CREDENTIALS_DIRECTORY}");
    }

    @Test
    void everySettingExists() throws IOException {
        String known = Files.readString(Path.of("docs/configuration.md"));
        String all = Files.readString(UNIT)
                + Files.readString(Path.of("Dockerfile"))
                + Files.readString(Path.of("docs/security.md"));
        Set<String> flags = matches("--(strandline\\.[a-z.-]+)=", all)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> variables = matches("\\b((?:STRANDLINE|SPRING|SERVER)_[A-Z_]+)=", all)
                .map(found -> found.group(1))
                .filter(name -> !BOOTS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> spelt = matches("`(strandline\\.[a-z0-9.-]+)`", known)
                .map(found -> found.group(1).replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(flags).isNotEmpty().allSatisfy(flag -> assertThat(known).contains("`" + flag + "`"));
        assertThat(variables).isNotEmpty().allSatisfy(name -> assertThat(spelt).contains(name));
    }

    @Test
    void everyOptionOfTheMachineExists() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName machine = new ObjectName("com.sun.management:type=HotSpotDiagnostic");
        List<String> options = matches(
                        "-XX:[+-]?(\\w+)", Files.readString(UNIT) + Files.readString(Path.of("Dockerfile")))
                .map(found -> found.group(1))
                // of the container's own, newer Java
                .filter(option -> !option.startsWith("AOT"))
                .distinct()
                .toList();

        assertThat(options)
                .isNotEmpty()
                .allSatisfy(option -> assertThatCode(
                                () -> beans.invoke(machine, "getVMOption", new Object[] {option}, STRING))
                        .doesNotThrowAnyException());
    }

    @Test
    void theContainerWritesWhereItsUserMayAndListensWhereItSays() throws IOException {
        String recipe = Files.readString(Path.of("Dockerfile"));
        String data = one("STRANDLINE_DATA_DIR=(\\S+)", recipe);

        assertThat(one("(?m)^VOLUME (\\S+)$", recipe)).isEqualTo(data);
        assertThat(one("mkdir -p \\S+ (\\S+) ", recipe)).isEqualTo(data);
        assertThat(one("chown strandline \\S+ (\\S+)\\n", recipe)).isEqualTo(data);
        assertThat(one("(?m)^EXPOSE (\\d+)$", recipe))
                .isEqualTo(one(
                        "(?s)^server:.*?\\n  port: (\\d+)",
                        Files.readString(Path.of("src/main/resources/application.yaml"))));
        assertThat(one("(?m)^USER (\\S+)$", recipe)).isEqualTo(one("useradd .* (\\w+) *\\\\\\n", recipe));
        assertThat(recipe).contains("-jar target/" + jar() + " extract", "\"-jar\", \"" + jar() + "\"");
        assertThat(matches("/layers/([a-z-]+)/ ", recipe).map(found -> found.group(1)))
                .containsExactlyInAnyOrder(
                        "dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
    }

    @Test
    void theContainersLookAtItsHealthFindsAServerThatIsUpAndNoneWhereThereIsNone() throws Exception {
        JsonNode command = JsonMapper.shared()
                .readTree(one("(?s)HEALTHCHECK .*?CMD (\\[.*?\\])\\n", Files.readString(Path.of("Dockerfile")))
                        .replace("\\\n", ""));
        String script = command.get(2).asString();
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not installed");

        assertThat(run("bash", "-c", script.replace("/8080", "/" + port)).status())
                .isZero();
        assertThat(run("bash", "-c", script.replace("/8080", "/1")).status()).isNotZero();
        assertThat(new RouteTable()
                        .match("GET", PathContainer.parsePath(one("GET (\\S+) ", script)))
                        .orElseThrow()
                        .route()
                        .isPublic())
                .isTrue();
    }

    private static String jar() throws IOException {
        return one("<finalName>(\\w+)</finalName>", Files.readString(Path.of("pom.xml"))) + ".jar";
    }

    /** The value that the unit gives a key. */
    private static String unit(String key) throws IOException {
        return one("(?m)^" + key + "=(.+)$", Files.readString(UNIT));
    }

    /** What the first match of a pattern has in its first group. */
    private static String one(String pattern, String text) {
        return matches(pattern, text)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing matches " + pattern))
                .group(1);
    }

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    /** A process that is over. */
    private record Ended(int status, String output) {}

    private Ended run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output-" + System.nanoTime());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        int status = process.waitFor();
        return new Ended(status, Files.readString(output, StandardCharsets.UTF_8));
    }
}
