package io.strandline.security.door;

import io.strandline.problem.StrandlineException;
import io.strandline.security.Authenticator;
import io.strandline.security.Identity;
import io.strandline.security.RefusedTokenException;
import io.strandline.web.Caller;
import io.strandline.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who sends a request: {@code Authorization: Bearer} with a key or token. A key may also come as name and password
 * ({@code Basic}) with requests that change nothing, for browsers and Prometheus: a browser sends those by itself, so
 * they must not be enough to change something.
 */
final class CredentialsFilter extends OncePerRequestFilter {

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final List<Authenticator> authenticators;
    private final Refusals refusals;
    private final ProblemWriter problems;

    CredentialsFilter(List<Authenticator> authenticators, Refusals refusals, ProblemWriter problems) {
        this.problems = problems;
        this.authenticators = List.copyOf(authenticators);
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        String method = request.getMethod();
        Identity who;
        try {
            who = identify(header, method);
        } catch (AuthenticationException refused) {
            refusals.commence(request, response, refused);
            return;
        } catch (StrandlineException other) {
            problems.write(other.problem(), request, response);
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PreAuthenticatedAuthenticationToken(who, "", List.of()));
        SecurityContextHolder.setContext(context);
        Caller.assignIdentity(request, who.actor(), who.jobs(), () -> isStill(who, header, method));
        chain.doFilter(request, response);
    }

    /** Whether a header that was taken once would be taken again, for the same caller with the same rights. */
    private boolean isStill(Identity who, String header, String method) {
        try {
            return identify(header, method).equals(who);
        } catch (RefusedTokenException refused) {
            return false;
        }
    }

    private Identity identify(String header, String method) {
        String token = token(header, method);
        return authenticators.stream()
                .filter(authenticator -> authenticator.understands(token))
                .findFirst()
                .orElseThrow(() -> new RefusedTokenException("What was sent is no key or token of this server."))
                .identify(token);
    }

    private static String token(String header, String method) {
        String scheme = header.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return header.substring(BEARER.length()).strip();
        }
        if (!scheme.startsWith(BASIC)) {
            throw new RefusedTokenException("The scheme of the Authorization header is not Bearer.");
        }
        if (!SAFE.contains(method)) {
            throw new RefusedTokenException("Name and password are for reading only; send the key as Bearer.");
        }
        try {
            byte[] pair =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            return new String(pair, StandardCharsets.UTF_8).replaceFirst(":", ".");
        } catch (IllegalArgumentException e) {
            throw new RefusedTokenException("Name and password cannot be decoded.", e);
        }
    }
}
