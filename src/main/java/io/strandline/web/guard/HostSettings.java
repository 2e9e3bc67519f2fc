package io.strandline.web.guard;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which names the server may be called.
 *
 * @param hosts host names, without port, that requests may name in their Host header
 */
@ConfigurationProperties("strandline.security")
record HostSettings(
        @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> hosts) {

    HostSettings {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }
}
