package io.strandline.runner.embedded;

import io.strandline.engine.EngineSettings;
import io.strandline.runner.AttemptReport;
import io.strandline.runner.AttemptReport.SubtaskReport;
import io.strandline.snapshot.Manifest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how long a freeze holds a subtask up and how long a restore takes until the first record, with few keys and with
 * many. Not a test: run by name, see docs/measurements.md. Arguments: the numbers of keys, by default 100000 and 2000000.
 */
final class FreezeAndRestoreFigures {

    private static final int CHECKPOINTS = 100;
    private static final int RATE = 200_000;

    private static final String PIPELINE = """
            name: figures
            sources: [{name: numbers, type: sequence, partitions: 2, keys: %d, seed: 11%s}]
            operators:
              - name: by-key
                type: aggregate
                input: numbers
                keyBy: [key]
                aggregates: {count: count(), total: sum(value), most: max(value)}
                emit: NONE
            checkpoints: {interval: NONE}
            state: {backend: rocksdb, memoryBudget: 512MB}
            """;

    private final PrintStream out;

    private FreezeAndRestoreFigures(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        FreezeAndRestoreFigures figures = new FreezeAndRestoreFigures(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        List<Integer> keys = arguments.length == 0
                ? List.of(100_000, 2_000_000)
                : Stream.of(arguments).map(Integer::valueOf).toList();
        figures.out.println(
                "| backend | keys | stored | freeze p50 | p99 | max | restore: check | start to first record |");
        figures.out.println("|---|---|---|---|---|---|---|---|");
        for (String backend : List.of("filesystem", "rocksdb")) {
            for (int count : keys) {
                figures.measure(backend, count);
            }
        }
    }

    private void measure(String backend, int keys) throws IOException {
        Path directory = Files.createTempDirectory("strandline-figures-");
        try (RunnerHarness harness = new RunnerHarness(directory, EngineSettings.defaults())) {
            ManifestHistory job = harness.job();
            InstanceWatch filling = harness.start(job, PIPELINE.formatted(keys, ""), 2, backend, null);
            filling.awaitRecordsIn(3L * keys);
            filling.version();
            filling.kill();
            String paced = PIPELINE.formatted(keys, ", rate: " + RATE);
            InstanceWatch running = harness.start(job, paced, 2, backend, job.head());
            running.awaitRecordsIn(RATE / 4);
            for (int i = 0; i < CHECKPOINTS; i++) {
                running.version();
                running.awaitRecordsIn(running.metrics().recordsIn() + RATE / 20);
            }
            running.kill();
            print(backend, keys, job.head(), freezes(running), restore(harness, job, paced, backend));
        } finally {
            delete(directory);
        }
    }

    /** Checks the newest version's files, then starts from it. */
    private static long[] restore(RunnerHarness harness, ManifestHistory job, String yaml, String backend) {
        long begin = System.nanoTime();
        if (!harness.runner
                .check(harness.spec(job, yaml, 2, backend, job.head()))
                .isEmpty()) {
            throw new IllegalStateException("the version cannot be restored");
        }
        long checked = System.nanoTime();
        InstanceWatch restored = harness.start(job, yaml, 2, backend, job.head());
        restored.awaitRecordsIn(1);
        long first = System.nanoTime();
        restored.kill();
        return new long[] {checked - begin, first - checked};
    }

    private static double[] freezes(InstanceWatch running) {
        return running.attempts.stream()
                .filter(attempt -> attempt.state() == AttemptReport.State.COMPLETED)
                .flatMap(attempt -> attempt.subtasks().stream())
                .filter(subtask -> subtask.dirtyEntries() > 0)
                .mapToDouble(SubtaskReport::freezeMillis)
                .sorted()
                .toArray();
    }

    private void print(String backend, int keys, Manifest head, double[] freezes, long[] restore) {
        out.println(String.format(
                Locale.ROOT,
                "| %s | %,d | %.0f MB | %.3f ms | %.3f ms | %.3f ms | %d ms | %d ms |",
                backend,
                keys,
                head.content().totalBytes() / 1e6,
                freezes[freezes.length / 2],
                freezes[(int) (freezes.length * 0.99)],
                freezes[freezes.length - 1],
                TimeUnit.NANOSECONDS.toMillis(restore[0]),
                TimeUnit.NANOSECONDS.toMillis(restore[1])));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
