package io.strandline.event.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The stream of events.
 *
 * @param readers most readers at a time; one more is answered 429
 * @param heartbeat how often a reader is sent a comment when nothing happens
 * @param stalled a reader that takes nothing for this long is dropped
 */
@ConfigurationProperties("strandline.events")
record EventSettings(
        @DefaultValue("256") int readers,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("30s") Duration stalled) {

    EventSettings {
        if (readers < 1 || heartbeat.toMillis() < 1 || stalled.toMillis() < 1) {
            throw new IllegalArgumentException("readers, heartbeat and stalled have to be positive: " + readers + ", "
                    + heartbeat + ", " + stalled);
        }
    }
}
