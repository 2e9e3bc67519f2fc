package io.strandline.security.door;

import io.strandline.security.SecuritySettings;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Refuses to listen beyond this machine while nobody has to authenticate, unless the operator says so. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class BindGuard implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger log = LoggerFactory.getLogger(BindGuard.class);

    private final SecuritySettings settings;

    BindGuard(SecuritySettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        InetAddress address = factory.getAddress();
        if (address != null && address.isLoopbackAddress()) {
            return;
        }
        String where = address == null ? "every address" : address.getHostAddress();
        if (settings.authenticates()) {
            if (!Ssl.isEnabled(factory.getSsl())) {
                log.warn(
                        "Listening on {} without TLS: keys can be read on the way, unless a proxy in front ends TLS",
                        where);
            }
            return;
        }
        if (!settings.allowUnauthenticated()) {
            throw new UnsafeBindException(where);
        }
        log.warn("Listening on {} without authentication: whoever reaches this port may delete everything", where);
    }
}
