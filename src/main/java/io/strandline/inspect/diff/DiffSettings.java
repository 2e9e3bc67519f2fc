package io.strandline.inspect.diff;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How diffs are made and kept.
 *
 * @param kept how long a diff is kept after it was made
 * @param mostKept how many are kept, give or take a few; the oldest go first
 * @param quickSize files that differ up to this size are compared while the client waits; more become an operation
 */
@ConfigurationProperties("strandline.diff")
record DiffSettings(
        @DefaultValue("PT24H") Duration kept,
        @DefaultValue("200") int mostKept,
        @DefaultValue("16MB") DataSize quickSize) {

    DiffSettings {
        if (kept.isNegative() || kept.isZero() || mostKept < 1) {
            throw new IllegalArgumentException(
                    "strandline.diff.kept and most-kept must be positive: " + kept + ", " + mostKept);
        }
    }
}
