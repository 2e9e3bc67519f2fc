package io.strandline.bench.measure;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What came out: figures by name, printed as one line of JSON with all parameters. */
public final class Result {

    private final Map<String, Object> figures = new LinkedHashMap<>();

    /** Of a run of {@code versions} with these parameters. */
    public Result(Parameters asked, String versions) {
        figures.put("engine", asked.engine());
        figures.put("versions", versions + ", java " + System.getProperty("java.version"));
        figures.put("workload", asked.workload());
        figures.putAll(asked.values());
    }

    /** Adds a figure. */
    public Result with(String name, Object value) {
        figures.put(name, value);
        return this;
    }

    /** Adds the median, the 99th percentile, the mean and the largest of some figures, and how many there are. */
    public Result withSpread(String name, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        with(name + "Count", sorted.length);
        with(name + "P50", percentile(sorted, 0.5));
        with(name + "P99", percentile(sorted, 0.99));
        with(name + "Mean", Arrays.stream(sorted).average().orElse(0));
        return with(name + "Max", percentile(sorted, 1));
    }

    /** Prints it to standard output. */
    public void print() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(json());
    }

    String json() {
        StringBuilder line = new StringBuilder("{");
        figures.forEach((name, value) -> {
            line.append(line.length() == 1 ? "" : ", ").append(quoted(name)).append(": ");
            line.append(literal(value));
        });
        return line.append('}').toString();
    }

    private static String literal(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "null";
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value.toString());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
