package io.strandline.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StoreUsage;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how large the store is. Measuring walks the store, so a scrape shows the last figures and, when they are over a
 * minute old, has new ones made in the background.
 */
public final class StoreGauges {

    private static final Logger log = LoggerFactory.getLogger(StoreGauges.class);
    private static final long MAX_AGE_NANOS = 60_000_000_000L;

    private final SnapshotStore store;
    private final Executor background;
    private final LongSupplier nanoTime;
    private final AtomicBoolean measuring = new AtomicBoolean();
    private volatile StoreUsage usage = new StoreUsage(0, 0, 0, 0);
    private volatile long dueAt;

    public StoreGauges(SnapshotStore store, MeterRegistry registry, Executor background, LongSupplier nanoTime) {
        this.store = store;
        this.background = background;
        this.nanoTime = nanoTime;
        this.dueAt = nanoTime.getAsLong();
        gauge(registry, "blobs", StoreUsage::blobBytes);
        gauge(registry, "quarantine", StoreUsage::quarantineBytes);
        gauge(registry, "staging", StoreUsage::stagingBytes);
        gauge(registry, "manifests", StoreUsage::manifestBytes);
    }

    private void gauge(MeterRegistry registry, String part, ToLongFunction<StoreUsage> bytes) {
        Gauge.builder("strandline.store.size", this, self -> bytes.applyAsLong(self.usage()))
                .description("Bytes in the snapshot store by what they are for, at most a minute old")
                .baseUnit("bytes")
                .tag("part", part)
                .strongReference(true)
                .register(registry);
    }

    private StoreUsage usage() {
        if (nanoTime.getAsLong() - dueAt >= 0 && measuring.compareAndSet(false, true)) {
            background.execute(this::measure);
        }
        return usage;
    }

    private void measure() {
        try {
            usage = store.usage();
        } catch (IOException e) {
            log.warn("The store's size could not be measured; the last figures stay", e);
        } finally {
            dueAt = nanoTime.getAsLong() + MAX_AGE_NANOS;
            measuring.set(false);
        }
    }
}
