package io.strandline.web.guard;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may talk to the server.
 *
 * @param hosts host names, without port, that requests may name in their Host header
 * @param allowUnauthenticated true to listen on other addresses than loopback although nobody has to authenticate
 */
@ConfigurationProperties("strandline.security")
record SecuritySettings(
        @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> hosts,
        @DefaultValue("false") boolean allowUnauthenticated) {

    SecuritySettings {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }
}
