package io.strandline.state.instance;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When to try again what failed: after 10 ms, and after twice as long each time it fails again, up to a second. */
final class Retry {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile long pause;
    private volatile long failedAt;

    /** Whether it may be tried. */
    boolean isDue() {
        return pause == 0 || System.nanoTime() - failedAt >= pause;
    }

    /** It ended, well when {@code failure} is null; by any thread. */
    void ended(@Nullable Throwable failure) {
        failedAt = System.nanoTime();
        pause = failure == null ? 0 : Math.min(LONGEST_NANOS, Math.max(FIRST_NANOS, 2 * pause));
    }
}
