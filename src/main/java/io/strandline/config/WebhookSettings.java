package io.strandline.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A target that events are sent to.
 *
 * @param url where it listens, {@code http} or {@code https}
 * @param secret what requests are signed with: {@code whsec_} and the base64 of 24 to 64 random bytes, best from the
 *     environment ({@code STRANDLINE_WEBHOOKS_<NAME>_SECRET})
 * @param events the kinds of events it gets, of those in the journal; all when absent
 * @param jobs names of the jobs it hears of; all when absent
 * @param giveUpAfter how long a target that fails is tried at short intervals; then once an hour
 */
record WebhookSettings(
        String url,
        String secret,
        @Nullable List<String> events,
        @Nullable List<String> jobs,
        @DefaultValue("3d") Duration giveUpAfter) {

    @Override
    public String toString() {
        return "WebhookSettings[events=" + events + ", jobs=" + jobs + "]";
    }
}
