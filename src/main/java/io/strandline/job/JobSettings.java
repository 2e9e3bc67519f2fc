package io.strandline.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are run.
 *
 * @param shutdownTimeout how long instances may take to end when the server stops
 */
@ConfigurationProperties("strandline.jobs")
record JobSettings(@DefaultValue("PT30S") Duration shutdownTimeout) {

    JobSettings {
        if (shutdownTimeout.isNegative() || shutdownTimeout.isZero()) {
            throw new IllegalArgumentException("strandline.jobs.shutdown-timeout must be positive: " + shutdownTimeout);
        }
    }
}
