package io.strandline.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which modes the server is: asks the parts that know whenever it is told to look, keeps since when, and says in the log
 * when one begins and ends. Reads show the last look and wait for nobody.
 */
public final class DegradedModes {

    private static final Logger log = LoggerFactory.getLogger(DegradedModes.class);

    private final Map<DegradedMode, Supplier<Optional<String>>> causes;
    private final Clock clock;
    private final Map<DegradedMode, Active> active = new EnumMap<>(DegradedMode.class);

    /**
     * A mode that the server is in.
     *
     * @param since when it was first seen
     * @param detail the cause, in a sentence
     */
    public record Active(DegradedMode mode, Instant since, String detail) {}

    /** @param causes tell why the server is in a mode, empty when it is not */
    public DegradedModes(Map<DegradedMode, Supplier<Optional<String>>> causes, MeterRegistry registry, Clock clock) {
        this.causes = new EnumMap<>(causes);
        this.clock = clock;
        for (DegradedMode mode : DegradedMode.values()) {
            Gauge.builder("strandline.degraded", this, self -> self.in(mode) ? 1 : 0)
                    .description("1 while the server is in this degraded mode, else 0")
                    .tag("mode", mode.wireName())
                    .register(registry);
        }
    }

    /** The modes the server is in, gravest first. */
    public synchronized List<Active> now() {
        return List.copyOf(active.values());
    }

    private synchronized boolean in(DegradedMode mode) {
        return active.containsKey(mode);
    }

    /** Asks all parts. Called by one thread at a time. */
    public void look() {
        causes.forEach((mode, cause) -> {
            try {
                learn(mode, cause.get().orElse(null));
            } catch (RuntimeException e) {
                log.debug("whether the server is in mode {} cannot be told now", mode.wireName(), e);
            }
        });
    }

    private synchronized void learn(DegradedMode mode, @Nullable String detail) {
        Active before = active.get(mode);
        if (detail != null) {
            active.put(mode, new Active(mode, before == null ? clock.instant() : before.since(), detail));
        } else {
            active.remove(mode);
        }
        if (before == null && detail != null) {
            log.warn("Degraded, {}: {}. {} {}", mode.wireName(), detail, mode.effect(), mode.wayOut());
        } else if (before != null && detail == null) {
            log.info("No longer degraded, {}: it was since {}", mode.wireName(), before.since());
        }
    }
}
