package io.strandline.config;

import io.strandline.catalog.journal.DataDirectory;
import io.strandline.event.EventLog;
import io.strandline.event.EventType;
import io.strandline.event.webhook.Backoff;
import io.strandline.event.webhook.Positions;
import io.strandline.event.webhook.WebhookTarget;
import io.strandline.event.webhook.Webhooks;
import io.strandline.storage.disk.Disk;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes webhooks out of the settings; what is wrong with one stops the start, naming the setting and not its secret. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Bean(destroyMethod = "close")
    Webhooks webhooks(EventLog events, ServerSettings settings, DataDirectory directory, Disk disk, Clock clock) {
        List<WebhookTarget> targets = new ArrayList<>();
        Map<String, WebhookSettings> named = settings.webhooks() == null ? Map.of() : settings.webhooks();
        named.forEach((name, webhook) -> targets.add(target(name, webhook)));
        Positions positions = new Positions(disk, directory.webhooks());
        return new Webhooks(events, targets, positions, clock, TIMEOUT, Backoff.USUAL);
    }

    private static WebhookTarget target(String name, WebhookSettings webhook) {
        String key = "strandline.webhooks." + name;
        Set<String> types = setOf(webhook.events());
        for (String type : types) {
            EventType known = EventType.ofWireName(type)
                    .orElseThrow(() -> refusal(key + ".events", type, "there are no such events"));
            if (!known.journaled()) {
                throw refusal(
                        key + ".events", type, "events of this kind are not journaled, so webhooks do not get them");
            }
        }
        return checked(
                key,
                () -> new WebhookTarget(
                        name,
                        checked(key + ".url", () -> WebhookTarget.address(webhook.url())),
                        checked(key + ".secret", () -> WebhookTarget.signing(webhook.secret())),
                        types,
                        setOf(webhook.jobs()),
                        webhook.giveUpAfter()));
    }

    private static <T> T checked(String key, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw refusal(key, "(not shown)", String.valueOf(e.getMessage()));
        }
    }

    private static InvalidConfigurationPropertyValueException refusal(String key, String value, String why) {
        return new InvalidConfigurationPropertyValueException(key, value, why);
    }

    private static Set<String> setOf(@Nullable List<String> values) {
        return values == null ? Set.of() : Set.copyOf(values);
    }
}
