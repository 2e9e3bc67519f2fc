package io.strandline.security.door;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.security.RefusedTokenException;
import io.strandline.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers calls that nobody or the wrong one sent. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String REALM = "realm=\"strandline\"";

    private final ProblemWriter problems;

    Refusals(ProblemWriter problems) {
        this.problems = problems;
    }

    /** Nobody, or somebody whose key or token does not count: 401, with what to send (RFC 6750). */
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authException)
            throws IOException {
        boolean sent = authException instanceof RefusedTokenException;
        String way = " Send Authorization: Bearer with an API key or token that counts.";
        String why = sent ? String.valueOf(authException.getMessage()) : "The call needs a key.";
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer " + REALM + (sent ? ", error=\"invalid_token\"" : ""));
        if (!request.getRequestURI().startsWith("/api/")) {
            // a browser asks for a name and a password then: the two parts of an API key
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic " + REALM);
        }
        problems.write(Problem.of(ErrorCode.UNAUTHENTICATED, why + way), request, response);
    }

    /** Somebody who may not: 403, or what an admin would be told of a path that does not exist. */
    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException accessDeniedException)
            throws IOException {
        Problem problem = accessDeniedException instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof Refused refused
                ? refused.problem()
                : Problem.of(ErrorCode.FORBIDDEN, "The call is not for you.");
        problems.write(problem, request, response);
    }
}
