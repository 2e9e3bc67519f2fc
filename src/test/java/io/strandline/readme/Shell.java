package io.strandline.readme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One bash that a whole tour is typed into, so that variables last from command to command. */
final class Shell implements AutoCloseable {

    private static final String END = "--- end of output ---";

    private final Process process;
    private final Writer commands;
    private final BufferedReader output;

    Shell(Path directory, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash").directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        this.process = builder.start();
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Whether this machine has a program. */
    static boolean has(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "command -v " + program).start().waitFor() == 0;
    }

    /** Types a command and returns the lines it printed. */
    List<String> run(String command) throws IOException {
        commands.write(command + "\necho '" + END + "'\n");
        commands.flush();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null && !line.equals(END); line = output.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.destroy();
    }
}
