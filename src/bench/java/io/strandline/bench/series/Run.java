package io.strandline.bench.series;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run in a process of its own.
 *
 * @param line what it printed last
 * @param figures the numbers in it by name, none when it failed
 */
record Run(String line, Map<String, Double> figures) {

    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\": (-?[0-9.]+)");
    private static final List<String> FLAGS = List.of("-Xms4g", "-Xmx4g", "-XX:+UseTransparentHugePages");

    /** Runs the launcher with these arguments. */
    static Run of(Path jar, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        String line = out.lines().filter(one -> one.startsWith("{")).reduce("", (one, last) -> last);
        return exit == 0 && !line.isEmpty() ? printed(line) : new Run("exit code " + exit, Map.of());
    }

    /** A run that printed this; a failed one when it is not figures. */
    static Run printed(String line) {
        return new Run(line, line.startsWith("{") ? numbers(line) : Map.of());
    }

    private static Map<String, Double> numbers(String line) {
        Map<String, Double> figures = new HashMap<>();
        Matcher matcher = NUMBER.matcher(line);
        while (matcher.find()) {
            figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        return figures;
    }
}
