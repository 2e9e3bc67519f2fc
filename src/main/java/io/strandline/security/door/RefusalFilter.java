package io.strandline.security.door;

import io.strandline.problem.Problem;
import io.strandline.web.Caller;
import io.strandline.web.ProblemWriter;
import io.strandline.web.guard.DoorOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Writes down every call that was refused for who sent it or from where, whichever part of the server refused it. */
@Component
@Order(DoorOrder.REFUSALS)
final class RefusalFilter extends OncePerRequestFilter {

    private static final Set<Integer> REFUSED = Set.of(401, 403);

    private final RefusalLog log;

    RefusalFilter(RefusalLog log) {
        this.log = log;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            ProblemWriter.answered(request)
                    .filter(problem -> REFUSED.contains(problem.code().status()))
                    .ifPresent(problem -> log.add(refusal(problem, request)));
        }
    }

    private static RefusalLog.Refusal refusal(Problem problem, HttpServletRequest request) {
        return new RefusalLog.Refusal(
                problem.code().status(),
                problem.code().wireName(),
                problem.detail(),
                Caller.authenticated(request).orElse(null),
                request.getRemoteAddr(),
                request.getMethod(),
                request.getRequestURI(),
                Caller.requestId(request));
    }
}
