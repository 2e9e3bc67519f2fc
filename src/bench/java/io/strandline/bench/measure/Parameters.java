package io.strandline.bench.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is run: {@code --name value} pairs on a command line.
 *
 * @param engine {@code strandline}, {@code flink} or {@code jet}
 * @param backend {@code heap} or {@code rocksdb}
 * @param workload its name
 * @param keys number of different keys
 * @param parallelism subtasks of each step
 * @param rate records a second over all sources; 0 for as fast as possible
 * @param payload bytes of state a key holds, in workloads that store some
 * @param interval milliseconds between checkpoints
 * @param warmup seconds before anything is measured
 * @param duration seconds that are measured
 * @param seed of keys and values
 * @param preload whether every key is written once before the warm-up begins
 * @param budget megabytes for state that is not kept on disk alone, where an engine has such a budget
 * @param rounds how often an event is provoked that is measured one at a time
 * @param pause milliseconds from one event that is provoked to the next, at the least, in workloads that change state in rounds
 * @param directory where checkpoints are written; a directory of its own is made in it and deleted
 */
public record Parameters(
        String engine,
        String backend,
        String workload,
        long keys,
        int parallelism,
        long rate,
        int payload,
        long interval,
        int warmup,
        int duration,
        long seed,
        boolean preload,
        long budget,
        int rounds,
        long pause,
        Path directory) {

    private static final Map<String, String> DEFAULTS = defaults();

    /** Reads a command line; what it does not name has its default. */
    public static Parameters of(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        for (int at = 0; at < arguments.size(); at += 2) {
            String name = arguments.get(at);
            if (!name.startsWith("--") || !values.containsKey(name.substring(2)) || at + 1 == arguments.size()) {
                throw new IllegalArgumentException(
                        "%s: options are --%s, each with a value".formatted(name, String.join(" --", values.keySet())));
            }
            values.put(name.substring(2), arguments.get(at + 1));
        }
        return of(values);
    }

    private static Parameters of(Map<String, String> values) {
        return new Parameters(
                values.get("engine"),
                values.get("backend"),
                values.get("workload"),
                Long.parseLong(values.get("keys")),
                Integer.parseInt(values.get("parallelism")),
                Long.parseLong(values.get("rate")),
                Integer.parseInt(values.get("payload")),
                Long.parseLong(values.get("interval")),
                Integer.parseInt(values.get("warmup")),
                Integer.parseInt(values.get("duration")),
                Long.parseLong(values.get("seed")),
                Boolean.parseBoolean(values.get("preload")),
                Long.parseLong(values.get("budget")),
                Integer.parseInt(values.get("rounds")),
                Long.parseLong(values.get("pause")),
                Path.of(values.get("directory")));
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("engine", "strandline");
        defaults.put("backend", "heap");
        defaults.put("workload", "w1");
        defaults.put("keys", "1000000");
        defaults.put("parallelism", "2");
        defaults.put("rate", "0");
        defaults.put("payload", "100");
        defaults.put("interval", "1000");
        defaults.put("warmup", "6");
        defaults.put("duration", "7");
        defaults.put("seed", "42");
        defaults.put("preload", "false");
        defaults.put("budget", "1024");
        defaults.put("rounds", "20");
        defaults.put("pause", "0");
        defaults.put("directory", System.getProperty("java.io.tmpdir"));
        return defaults;
    }

    /** The command line that says the same. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        values().forEach((name, value) -> {
            arguments.add("--" + name);
            arguments.add(String.valueOf(value));
        });
        return arguments;
    }

    /** Every parameter by its name, in the order of a command line. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("engine", engine);
        values.put("backend", backend);
        values.put("workload", workload);
        values.put("keys", keys);
        values.put("parallelism", parallelism);
        values.put("rate", rate);
        values.put("payload", payload);
        values.put("interval", interval);
        values.put("warmup", warmup);
        values.put("duration", duration);
        values.put("seed", seed);
        values.put("preload", preload);
        values.put("budget", budget);
        values.put("rounds", rounds);
        values.put("pause", pause);
        values.put("directory", directory);
        return values;
    }
}
