package io.strandline.web.guard;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests for a host this server does not serve, and requests that a page of another origin sends: what a
 * browser does on behalf of a hostile page (DNS rebinding, cross-site calls). Health probes come by address and pass.
 */
@Component
@Order(DoorOrder.HOST)
class HostFilter extends OncePerRequestFilter {

    private final HostSettings settings;
    private final ProblemWriter problems;

    HostFilter(HostSettings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/actuator/health/liveness") || path.equals("/actuator/health/readiness");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = hostName(request);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!settings.hosts().contains(host)) {
            problems.write(
                    Problem.of(
                            ErrorCode.HOST_NOT_ALLOWED,
                            "The request is for host '" + host + "'; allowed are " + settings.hosts()
                                    + " (strandline.security.hosts)."),
                    request,
                    response);
        } else if (origin != null && !sameOrigin(origin, request)) {
            problems.write(
                    Problem.of(
                            ErrorCode.ORIGIN_NOT_ALLOWED,
                            "The request comes from a page of '" + origin + "', which is not this server."),
                    request,
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static String hostName(HttpServletRequest request) {
        String name = request.getServerName();
        return (name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name).toLowerCase(Locale.ROOT);
    }

    private static boolean sameOrigin(String origin, HttpServletRequest request) {
        URI page = parse(origin);
        if (page == null || page.getHost() == null || page.getScheme() == null) {
            return false;
        }
        int defaultPort = page.getScheme().equals("https") ? 443 : 80;
        int port = page.getPort() < 0 ? defaultPort : page.getPort();
        // behind a proxy that ends TLS the Host header has no port and the scheme here is http
        boolean samePort =
                port == request.getServerPort() || (page.getPort() < 0 && isDefault(request.getServerPort()));
        return page.getHost().toLowerCase(Locale.ROOT).equals(hostName(request)) && samePort;
    }

    private static boolean isDefault(int port) {
        return port == 80 || port == 443;
    }

    private static @Nullable URI parse(String origin) {
        try {
            return URI.create(origin);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
