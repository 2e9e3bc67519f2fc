package io.strandline.bench;

import io.strandline.bench.measure.Parameters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A peer's benchmark in a process of its own, with its own class path and the flags of this process.
 *
 * @param asked what to run
 */
record PeerProcess(Parameters asked) {

    /** What both peers reach into the JDK for. */
    private static final List<String> OPEN_PACKAGES = List.of(
            "java.lang",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.nio",
            "java.time",
            "java.net",
            "java.io",
            "java.lang.reflect",
            "java.lang.invoke",
            "java.text",
            "sun.nio.ch",
            "sun.net.util");

    /** Runs it, its output on ours. */
    int run() throws IOException, InterruptedException {
        return new ProcessBuilder(command()).inheritIO().start().waitFor();
    }

    private List<String> command() throws IOException {
        Path classes = peers().resolve(asked.engine());
        if (!Files.isDirectory(classes)) {
            throw new IllegalArgumentException("no peer " + asked.engine() + " in " + peers());
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        OPEN_PACKAGES.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.add("-cp");
        command.add(classes.resolve("*").toString());
        String engine = asked.engine();
        command.add("io.strandline.bench.%s.%s%sBenchmark"
                .formatted(engine, engine.substring(0, 1).toUpperCase(Locale.ROOT), engine.substring(1)));
        command.addAll(asked.arguments());
        return command;
    }

    /** The build puts peers beside the launcher's jar. */
    private static Path peers() {
        try {
            Path jar = Path.of(PeerProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("peers");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the launcher's own place has no path", e);
        }
    }
}
