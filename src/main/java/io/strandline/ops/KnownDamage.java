package io.strandline.ops;

import io.strandline.catalog.history.VerificationBacklog;
import io.strandline.catalog.history.VerificationBacklog.Damage;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Which versions are known to be damaged, asked of the catalog every few seconds. Used by one thread. */
public final class KnownDamage implements Supplier<Optional<String>> {

    private static final long MAX_AGE_NANOS = 5_000_000_000L;

    private final VerificationBacklog versions;
    private final LongSupplier nanoTime;
    private Damage known = new Damage(0, List.of());
    private long dueAt;

    public KnownDamage(VerificationBacklog versions, LongSupplier nanoTime) {
        this.versions = versions;
        this.nanoTime = nanoTime;
        this.dueAt = nanoTime.getAsLong();
    }

    @Override
    public Optional<String> get() {
        long now = nanoTime.getAsLong();
        if (now - dueAt >= 0) {
            dueAt = now + MAX_AGE_NANOS;
            known = versions.damage();
        }
        return known.versions() == 0
                ? Optional.empty()
                : Optional.of(known.versions() + " versions are damaged or lost, of the jobs "
                        + String.join(", ", known.jobs()));
    }
}
