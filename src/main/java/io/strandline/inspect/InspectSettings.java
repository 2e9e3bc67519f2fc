package io.strandline.inspect;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of looking into versions is kept open.
 *
 * @param openStates states of versions that are kept open for further look-ups at most
 * @param idleTimeout how long one is kept open after its last look-up; as long it keeps its files from being collected
 * @param liveTimeout how long a look-up waits for a running job to answer
 */
@ConfigurationProperties("strandline.inspect")
record InspectSettings(
        @DefaultValue("16") int openStates,
        @DefaultValue("PT10S") Duration idleTimeout,
        @DefaultValue("PT2S") Duration liveTimeout) {

    InspectSettings {
        if (openStates < 1) {
            throw new IllegalArgumentException("strandline.inspect.open-states must be at least 1: " + openStates);
        }
        if (idleTimeout.isNegative()) {
            throw new IllegalArgumentException("strandline.inspect.idle-timeout must not be negative: " + idleTimeout);
        }
        if (liveTimeout.isNegative() || liveTimeout.isZero()) {
            throw new IllegalArgumentException("strandline.inspect.live-timeout must be positive: " + liveTimeout);
        }
    }
}
