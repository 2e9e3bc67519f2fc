package io.strandline.bench.jet;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Script;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tasks share with the benchmark. Jet copies suppliers by serialising them, so it has to be static; processors run in the
 * benchmark's own process.
 */
final class Shared {

    private static volatile @Nullable Script script;
    private static volatile @Nullable Arrivals arrivals;
    private static volatile boolean armed;
    private static volatile long failedNanos;

    private Shared() {}

    static void set(Script played, Arrivals counted) {
        script = played;
        arrivals = counted;
    }

    static Script script() {
        return Objects.requireNonNull(script, "not set");
    }

    static Arrivals arrivals() {
        return Objects.requireNonNull(arrivals, "not set");
    }

    /** The next record fails. */
    static void arm() {
        failedNanos = 0;
        armed = true;
    }

    /** When it did, {@link System#nanoTime}; 0 before. */
    static long failedNanos() {
        return failedNanos;
    }

    /** Fails once when armed. */
    static void meet() {
        if (armed) {
            armed = false;
            failedNanos = System.nanoTime();
            throw new IllegalStateException("fails as the benchmark wants");
        }
    }
}
