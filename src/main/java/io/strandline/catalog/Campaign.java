package io.strandline.catalog;

import io.strandline.catalog.Verification.Level;
import java.time.Instant;

/**
 * How versions are verified bit by bit while the server runs.
 *
 * @param enabled whether they are
 * @param level how deep
 * @param bytesPerDay what may be read for it
 * @param freshMillis how long a version counts as verified
 * @param version counts saves, from 1
 */
public record Campaign(
        boolean enabled,
        Level level,
        long bytesPerDay,
        long freshMillis,
        long version,
        Instant savedAt,
        String savedBy) {

    public Campaign {
        if (bytesPerDay < 1 || freshMillis < 1) {
            throw new IllegalArgumentException(
                    "a campaign of %d bytes a day for %d ms".formatted(bytesPerDay, freshMillis));
        }
    }
}
