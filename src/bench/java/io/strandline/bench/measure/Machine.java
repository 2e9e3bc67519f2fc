package io.strandline.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Processor time so far. The difference of two says how many cores this process and all others kept busy between them.
 *
 * @param nanos when it was read, {@link System#nanoTime}
 * @param ownNanos this process
 * @param allNanos the machine, from {@code /proc/stat}; 0 where there is none
 */
public record Machine(long nanos, long ownNanos, long allNanos) {

    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final long NANOS_PER_TICK = 10_000_000L;
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int COUNTED = 8;

    /** Reads now. */
    public static Machine now() {
        Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new Machine(System.nanoTime(), own.toNanos(), busyNanos());
    }

    /** Cores that this process kept busy since {@code before}. */
    public double ownCores(Machine before) {
        return (double) (ownNanos - before.ownNanos) / (nanos - before.nanos);
    }

    /** Cores that other processes kept busy since {@code before}. */
    public double otherCores(Machine before) {
        return Math.max(0, (double) (allNanos - before.allNanos) / (nanos - before.nanos) - ownCores(before));
    }

    private static long busyNanos() {
        if (!Files.isReadable(STATISTICS)) {
            return 0;
        }
        try {
            List<String> fields =
                    List.of(Files.readAllLines(STATISTICS).get(0).trim().split("\\s+", -1));
            long ticks = 0;
            for (int field = 0; field < COUNTED; field++) {
                if (field != IDLE && field != WAITING) {
                    ticks += Long.parseLong(fields.get(field + 1));
                }
            }
            return ticks * NANOS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
