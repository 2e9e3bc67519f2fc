package io.strandline.web.guard;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.ProblemWriter;
import io.strandline.web.StreamedBodies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads each body once, at most 1 MB however it is sent, and refuses what is too large, too deep or malformed before
 * anything is built from it. A body that its handler reads as a stream is left to it.
 */
@Component
@Order(DoorOrder.BODY)
class BodyFilter extends OncePerRequestFilter {

    static final int MAX_BYTES = 1 << 20;

    private final ProblemWriter problems;
    private final List<StreamedBodies> streamed;
    private final BodyShape shape = new BodyShape();

    BodyFilter(ProblemWriter problems, List<StreamedBodies> streamed) {
        this.problems = problems;
        this.streamed = List.copyOf(streamed);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null
                || streamed.stream().anyMatch(handler -> handler.takesBodyOf(request));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            refuse(tooLarge(), request, response);
            return;
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException broken) {
            if (!timedOut(broken)) {
                throw broken;
            }
            refuse(
                    Problem.of(ErrorCode.REQUEST_TIMEOUT, "The body stopped arriving; send the request again."),
                    request,
                    response);
            return;
        }
        Problem found = body.length > MAX_BYTES ? tooLarge() : shape.check(body, request.getContentType());
        if (found == null) {
            chain.doFilter(new BufferedRequest(request, body), response);
        } else {
            refuse(found, request, response);
        }
    }

    /** Tomcat says of every body that it cannot read that the request is bad, and why only as the cause. */
    private static boolean timedOut(IOException broken) {
        return broken instanceof SocketTimeoutException || broken.getCause() instanceof SocketTimeoutException;
    }

    private void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        problems.write(problem, request, response);
    }

    private static Problem tooLarge() {
        return Problem.of(ErrorCode.BODY_TOO_LARGE, "The body is over " + MAX_BYTES + " bytes; send less.");
    }
}
