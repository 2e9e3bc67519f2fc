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

    /** What the peers reach into the JDK for; without it they warn and take slower ways. */
    private static final List<String> ACCESS = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/sun.net.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

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
        command.addAll(ACCESS);
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
        return launcher().resolveSibling("peers");
    }

    /** The jar that this class was loaded from. */
    static Path launcher() {
        try {
            return Path.of(PeerProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the launcher's own place has no path", e);
        }
    }
}
