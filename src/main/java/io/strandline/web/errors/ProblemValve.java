package io.strandline.web.errors;

import io.strandline.problem.Problem;
import io.strandline.web.ProblemBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem what Tomcat refuses before the application sees it, such as a malformed request line. */
class ProblemValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

    private final JsonMapper mapper;

    ProblemValve(JsonMapper mapper) {
        this.mapper = mapper;
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = StatusProblems.of(response.getStatus());
        String traceId = UUID.randomUUID().toString();
        if (problem.code().status() >= 500) {
            log.error("Tomcat answered {} itself; trace {}", response.getStatus(), traceId, failure);
        }
        try {
            byte[] body = mapper.writeValueAsBytes(ProblemBody.of(problem, null, traceId));
            response.setStatus(problem.code().status());
            response.setContentType("application/problem+json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            if (problem.retryable()) {
                response.setHeader("Retry-After", "5");
            }
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            log.debug("The client left before it could be told that its request is malformed", e);
        }
    }
}
