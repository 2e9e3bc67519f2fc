package io.strandline.transfer;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Bounds how many archives are on their way at once: each keeps a thread and a disk busy for as long as the client likes. */
@Component
final class Lanes {

    private final Semaphore free;

    Lanes(TransferSettings settings) {
        this.free = new Semaphore(settings.atOnce());
    }

    /**
     * Takes one until it is closed.
     *
     * @throws io.strandline.problem.StrandlineException {@code too-many-requests}
     */
    Lane enter() {
        if (!free.tryAcquire()) {
            throw Problem.of(
                            ErrorCode.TOO_MANY_REQUESTS,
                            "As many archives as strandline.transfer.at-once allows are under way; try again later.")
                    .withRetryAfter(Duration.ofSeconds(10))
                    .asException();
        }
        return new Lane(free, new AtomicBoolean());
    }

    /** One of them. */
    record Lane(Semaphore of, AtomicBoolean left) implements AutoCloseable {

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                of.release();
            }
        }
    }
}
