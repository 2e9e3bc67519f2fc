package io.strandline.web.errors;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.ProblemWriter;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers where the container forwards an error that no advice saw, in place of Boot's error page. */
@Hidden
@RestController
class ErrorPageController implements ErrorController {

    private static final Logger log = LoggerFactory.getLogger(ErrorPageController.class);

    private final ProblemWriter writer;

    ErrorPageController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Problem problem = StatusProblems.of(status instanceof Integer code ? code : 404);
        if (problem.code() == ErrorCode.INTERNAL_ERROR && failure instanceof Throwable cause) {
            log.error("{} failed before or after its controller", request.getMethod(), cause);
        }
        writer.write(problem, request, response);
    }
}
