package io.strandline.storage.memory;

import io.strandline.storage.StorageFullException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes a store holds and refuses what goes beyond its cap. */
final class MemoryBudget {

    private final long capBytes;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(long capBytes) {
        this.capBytes = capBytes;
    }

    void take(long bytes) throws StorageFullException {
        if (used.addAndGet(bytes) > capBytes) {
            used.addAndGet(-bytes);
            throw new StorageFullException(
                    "the in-memory snapshot store is capped at %d bytes; %d are in use and %d more do not fit"
                            .formatted(capBytes, used.get(), bytes),
                    null);
        }
    }

    long free() {
        return Math.max(0, capBytes - used.get());
    }

    long used() {
        return used.get();
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }
}
