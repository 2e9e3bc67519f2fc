package io.strandline.transfer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What exports and imports may take.
 *
 * @param largestArchive bytes of the largest archive that is imported
 * @param atOnce exports and imports under way at the same time; one more is asked to come back
 */
@ConfigurationProperties("strandline.transfer")
public record TransferSettings(
        @DefaultValue("64GB") DataSize largestArchive,
        @DefaultValue("8") int atOnce) {

    public TransferSettings {
        if (largestArchive.toBytes() < 1 || atOnce < 1) {
            throw new IllegalArgumentException("strandline.transfer.largest-archive and .at-once must be positive: "
                    + largestArchive + ", " + atOnce);
        }
    }
}
