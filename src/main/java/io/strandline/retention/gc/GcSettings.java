package io.strandline.retention.gc;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When space comes back by itself.
 *
 * @param interval how often the trash is purged and files are collected; zero for never
 * @param quarantine how long a file nobody names stays in quarantine, unless a purge says otherwise
 * @param reportsKept how long reports of runs can be read
 */
@ConfigurationProperties("strandline.gc")
public record GcSettings(
        @DefaultValue("PT10M") Duration interval,
        @DefaultValue("PT24H") Duration quarantine,
        @DefaultValue("P30D") Duration reportsKept) {

    public GcSettings {
        if (interval.isNegative() || quarantine.isNegative() || reportsKept.isNegative()) {
            throw new IllegalArgumentException(
                    "strandline.gc.interval, .quarantine and .reports-kept cannot be negative");
        }
    }
}
