package io.strandline.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the machine under the tests can do besides running Java; tests are skipped, and say why, where it cannot. */
final class Machine {

    private Machine() {}

    /** Skips the test unless the commands are there. */
    static void require(String... commands) {
        for (String command : commands) {
            boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
            assumeTrue(there, "skipped: there is no " + command + " on this machine");
        }
    }

    /** Skips the test unless file systems can be mounted. */
    static void requireRoot() throws IOException, InterruptedException {
        assumeTrue(run(List.of("id", "-u")).equals("0"), "skipped: mounting file systems takes root");
    }

    /** Runs a command that has to succeed, and returns what it printed. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Result result = attempt(command);
        if (result.exitCode() != 0) {
            throw new IOException(
                    String.join(" ", command) + " ended with " + result.exitCode() + ": " + result.output());
        }
        return result.output();
    }

    /** Runs a command. */
    static Result attempt(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        return new Result(process.waitFor(), output);
    }

    /** How a command ended. */
    record Result(int exitCode, String output) {}

    /** A mounted file system, unmounted when closed. */
    record Mount(Path at) implements AutoCloseable {

        /** Memory as a file system of so many bytes. */
        static Mount tmpfs(Path at, long bytes) throws IOException, InterruptedException {
            requireMountable(List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "none", at.toString()));
            return new Mount(at);
        }

        /** A file with a file system in it. */
        static Mount image(Path image, Path at) throws IOException, InterruptedException {
            requireMountable(List.of("mount", "-o", "loop", image.toString(), at.toString()));
            return new Mount(at);
        }

        private static void requireMountable(List<String> mount) throws IOException, InterruptedException {
            Result result = attempt(mount);
            assumeTrue(result.exitCode() == 0, "skipped: " + result.output());
        }

        @Override
        public void close() throws IOException, InterruptedException {
            run(List.of("umount", at.toString()));
        }
    }
}
