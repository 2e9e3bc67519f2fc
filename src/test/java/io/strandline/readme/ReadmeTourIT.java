package io.strandline.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types the tour of README into a shell, command by command, with the packaged jar in place of {@code spring-boot:run}, and
 * compares what comes back with what README prints: the same lines but for ids, times and numbers.
 */
class ReadmeTourIT {

    private static final Path JAR = Path.of(System.getProperty("strandline.jar", "target/strandline.jar"))
            .toAbsolutePath();
    private static final Path README = Path.of("README.md");
    private static final String SHOWN_PORT = "8080";
    private static final Pattern STATE_BESIDE_OUTPUT = Pattern.compile(".*\"flights\":(\\d+)}");

    @TempDir
    Path directory;

    @Test
    void everyCommandOfTheTourAnswersAsReadmePrints() throws Exception {
        for (String program : List.of("bash", "curl", "jq")) {
            assumeTrue(Shell.has(program), "the tour needs " + program);
        }
        String port = freePort();
        List<TourSteps.Step> steps = TourSteps.read(README, "## 60 seconds").steps();
        assertThat(steps).hasSizeGreaterThan(15);
        try (Shell shell = new Shell(directory, Map.of("PORT", port, "JAR", JAR.toString(), "JAVA", java()))) {
            try {
                start(shell);
                for (TourSteps.Step step : steps) {
                    take(shell, step, port);
                }
            } finally {
                shell.run("kill -9 $(cat data/server.pid)");
            }
        }
    }

    private static void take(Shell shell, TourSteps.Step step, String port) throws IOException, InterruptedException {
        if (step.command().endsWith("spring-boot:run")) {
            start(shell);
            return;
        }
        if (step.command().contains("/retention-plans -H")) {
            awaitVersionsToExpire(shell, port);
        }
        List<String> wanted = shape(step.shown());
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        List<String> printed = shell.run(step.command().replace(SHOWN_PORT, port));
        while (readsOnly(step.command()) && !asShown(wanted, printed) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(500);
            printed = shell.run(step.command().replace(SHOWN_PORT, port));
        }
        assertThat(shape(printed)).as("$ %s%n%s", step.command(), printed).isEqualTo(wanted);
        assertThat(stateAgreesWithOutput(printed))
                .as("$ %s%n%s", step.command(), printed)
                .isTrue();
    }

    /** No reader gets to the dry run so soon that two versions are all there is. */
    private static void awaitVersionsToExpire(Shell shell, String port) throws IOException, InterruptedException {
        String count = "curl -s \"http://localhost:" + port + "/api/v1/jobs/flights/snapshots?limit=500\""
                + " | jq '[.items[] | select(.kind == \"PERIODIC\" and .epoch == 3)] | length'";
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline && Integer.parseInt(String.join("", shell.run(count))) < 5) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** A reader looks again when the next checkpoint is not there yet; what changes something is typed once. */
    private static boolean readsOnly(String command) {
        return !command.contains(" -X ") && !command.startsWith("kill");
    }

    private static boolean asShown(List<String> wanted, List<String> printed) {
        return shape(printed).equals(wanted) && stateAgreesWithOutput(printed);
    }

    /** Where README looks a count up in a version and counts the rows of the output behind it, they are the same number. */
    private static boolean stateAgreesWithOutput(List<String> printed) {
        Matcher state = STATE_BESIDE_OUTPUT.matcher(printed.isEmpty() ? "" : printed.get(0));
        return printed.size() != 2 || !state.matches() || state.group(1).equals(printed.get(1));
    }

    /** Lines without what differs from run to run; a list is as good with more or fewer lines of one shape. */
    private static List<String> shape(List<String> lines) {
        List<String> shape = new ArrayList<>();
        for (String line : lines) {
            String plain = line.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}", "ID")
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                    .replaceAll("\\d+(\\.\\d+)?", "N");
            if (shape.isEmpty() || !shape.get(shape.size() - 1).equals(plain)) {
                shape.add(plain);
            }
        }
        return shape;
    }

    /** Starts the server with the demo and returns once the job runs. */
    private static void start(Shell shell) throws IOException, InterruptedException {
        shell.run("\"$JAVA\" -Xmx512m -XX:TieredStopAtLevel=1 -jar \"$JAR\" --strandline.demo=true --server.port=$PORT"
                + " >> server.log 2>&1 &");
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < deadline) {
            String state = String.join(
                    "", shell.run("curl -s http://localhost:$PORT/api/v1/jobs/flights | jq -r .state 2> /dev/null"));
            if (state.equals("RUNNING")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("the demo does not run:\n" + String.join("\n", shell.run("tail -n 60 server.log")));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
