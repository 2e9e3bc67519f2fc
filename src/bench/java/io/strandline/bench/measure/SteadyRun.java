package io.strandline.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Watches a job that runs on its own: warm-up, then windows of 100 ms.
 *
 * @param asked how long
 * @param arrivals what reaches its sinks
 * @param checkpoints those it has completed so far
 * @param alive false when it has ended, which it must not
 */
public record SteadyRun(
        Parameters asked, Arrivals arrivals, Supplier<List<Checkpoint>> checkpoints, BooleanSupplier alive) {

    private static final long WINDOW_NANOS = 100_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double LOW_SHARE = 0.05;

    /** Waits for the warm-up to end, measures, and adds what it saw. */
    public void measure(Result result) {
        awaitWarm();
        arrivals.resetLatencies();
        Machine before = Machine.now();
        double[] windows = windows((int) (asked.duration() * SECOND_NANOS / WINDOW_NANOS));
        Machine after = Machine.now();
        double mean = Arrays.stream(windows).average().orElse(0);
        Arrays.sort(windows);
        result.with("recordsPerSecond", mean)
                .with("p5Of100msWindows", windows[(int) (windows.length * LOW_SHARE)] / mean)
                .with("slowest100ms", windows[0] / mean);
        addCheckpoints(result, before.nanos());
        Latencies latencies = arrivals.latencies();
        result.with("latencyMicrosP50", latencies.micros(0.5))
                .with("latencyMicrosP99", latencies.micros(0.99))
                .with("latencyMicrosP999", latencies.micros(0.999))
                .with("recordsPerOwnCoreSecond", mean / after.ownCores(before))
                .with("ownCores", after.ownCores(before))
                .with("otherCores", after.otherCores(before));
    }

    /** Waits until every key has been written, where the workload asks for it, and for the warm-up after that. */
    public void awaitWarm() {
        arrivals.await(asked.preload() ? asked.keys() : 1, alive);
        sleepUntil(System.nanoTime() + asked.warmup() * SECOND_NANOS);
    }

    private double[] windows(int count) {
        double[] windows = new double[count];
        long begin = System.nanoTime();
        long last = begin;
        long seen = arrivals.count();
        for (int window = 0; window < count; window++) {
            sleepUntil(begin + (window + 1) * WINDOW_NANOS);
            long now = System.nanoTime();
            long arrived = arrivals.count();
            windows[window] = (double) (arrived - seen) * SECOND_NANOS / (now - last);
            seen = arrived;
            last = now;
        }
        return windows;
    }

    private void addCheckpoints(Result result, long since) {
        List<Checkpoint> seen = checkpoints.get().stream()
                .filter(checkpoint -> checkpoint.endNanos() - since >= 0)
                .toList();
        result.withSpread("checkpointMillis", figures(seen, Checkpoint::millis))
                .withSpread("freezeMicros", figures(seen, Checkpoint::freezeMicros))
                .withSpread("newBytes", figures(seen, Checkpoint::newBytes))
                .with(
                        "totalBytes",
                        seen.isEmpty() ? 0 : seen.get(seen.size() - 1).totalBytes());
    }

    private static double[] figures(List<Checkpoint> of, ToDoubleFunction<Checkpoint> figure) {
        return of.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            Arrivals.pause(Math.min(left, WINDOW_NANOS), alive);
        }
    }
}
