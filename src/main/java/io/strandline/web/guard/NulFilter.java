package io.strandline.web.guard;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses NUL characters in query parameters, which not every database can keep; {@link BodyShape} does so in bodies. */
@Component
@Order(DoorOrder.BODY)
class NulFilter extends OncePerRequestFilter {

    private static final String ENCODED_NUL = "%00";

    private final ProblemWriter problems;

    NulFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null || !query.contains(ENCODED_NUL);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        int start = query.lastIndexOf('&', query.indexOf(ENCODED_NUL)) + 1;
        String name = query.substring(start).split("=", 2)[0];
        String detail = "A query parameter has a NUL character (%00), which text cannot have; leave it out.";
        problems.write(
                Problem.of(ErrorCode.INVALID_PARAMETER, detail).withError("?" + name, detail), request, response);
    }
}
