package io.strandline.retention.gc;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Open after the witnesses disagreed or something could not be read: until it is closed nothing is purged or unlinked. */
@Component
final class Circuit {

    private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();

    /** Opens it; the first fault stays. */
    void open(Instant at, String detail) {
        fault.compareAndSet(null, new Fault(at, detail));
    }

    /** Closes it: a dry run has found both witnesses in agreement. */
    void close() {
        fault.set(null);
    }

    /** Why it is open, empty when it is closed. */
    Optional<Fault> fault() {
        return Optional.ofNullable(fault.get());
    }

    /** What opened it. */
    record Fault(Instant at, String detail) {}
}
