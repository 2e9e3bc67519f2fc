package io.strandline.inspect.campaign;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the verification campaign looks whether there is something to do.
 *
 * @param tick between two looks
 */
@ConfigurationProperties("strandline.verification")
record CampaignSettings(@DefaultValue("PT10S") Duration tick) {

    CampaignSettings {
        if (tick.isNegative() || tick.isZero()) {
            throw new IllegalArgumentException("strandline.verification.tick must be positive: " + tick);
        }
    }
}
