package io.strandline.crash;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged server as a process of its own, on a free port of loopback. */
final class ServerProcess implements AutoCloseable {

    static final Path JAR = Path.of(System.getProperty("strandline.jar", "target/strandline.jar"));

    private static final int PATIENCE_SECONDS = 300;

    private final Process process;
    private final int port;
    private final Path log;
    private final Instant startedAt = Instant.now();

    private ServerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts the jar on {@code dataDirectory}; its output is appended to {@code log}. */
    static ServerProcess start(Path dataDirectory, Path log, String... settings) throws IOException {
        return startUnder(List.of(), dataDirectory, log, settings);
    }

    /** The same as the child of another command, such as a tracer that fails some of its system calls. */
    static ServerProcess startUnder(List<String> tracer, Path dataDirectory, Path log, String... settings)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(tracer);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "--server.port=" + port,
                "--strandline.data-dir=" + dataDirectory));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ServerProcess(process, port, log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits until readiness answers 200 and returns how long the start took. */
    Duration awaitReady(HttpClient client) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(PATIENCE_SECONDS);
        while (Instant.now().isBefore(deadline)) {
            if (!process.isAlive()) {
                throw new IOException("the server ended with " + process.exitValue() + ":\n" + tailOfLog());
            }
            if (ready(client)) {
                return Duration.between(startedAt, Instant.now());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("the server was not ready within " + PATIENCE_SECONDS + " s:\n" + tailOfLog());
    }

    private boolean ready(HttpClient client) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Sends SIGKILL and waits for the process to be gone; a tracer goes with the server it traced. */
    void kill9() throws InterruptedException {
        List<ProcessHandle> traced = process.descendants().toList();
        traced.forEach(ProcessHandle::destroyForcibly);
        traced.forEach(child -> child.onExit().join());
        process.destroyForcibly();
        process.waitFor();
    }

    /** The most memory that the process has had, heap and all. Linux keeps it under {@code VmHWM}, in kilobytes. */
    long mostResidentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Sends a signal such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Sends SIGTERM and returns the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server did not stop within 40 s of SIGTERM:\n" + tailOfLog());
        }
        return process.exitValue();
    }

    String tailOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException unreadable) {
            return "(no log: " + unreadable + ")";
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            kill9();
        }
    }
}
