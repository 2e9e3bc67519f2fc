package io.strandline.web.errors;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Renders every exception that leaves a controller; the one place where exceptions become answers. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> render(Exception failure, HttpServletRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("The client of {} left before its answer", request.getRequestURI());
            return null;
        }
        Problem problem = problem(failure);
        if (problem.code() == ErrorCode.INTERNAL_ERROR) {
            log.error("{} {} failed unexpectedly", request.getMethod(), request.getRequestURI(), failure);
        } else if (problem.code().status() >= 500) {
            log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), problem.detail(), failure);
        }
        HttpHeaders headers = failure instanceof ErrorResponse known ? known.getHeaders() : HttpHeaders.EMPTY;
        return writer.entity(problem, request, headers);
    }

    private static Problem problem(Exception failure) {
        if (failure instanceof StrandlineException own) {
            return own.problem();
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        if (failure instanceof JacksonException json) {
            return BodyProblems.of(json);
        }
        Problem binding = binding(failure);
        if (binding != null) {
            return binding;
        }
        Problem catalog = catalog(failure);
        if (catalog != null) {
            return catalog;
        }
        return failure instanceof ErrorResponse known ? StatusProblems.of(known) : internal();
    }

    private static @Nullable Problem binding(Exception failure) {
        if (failure instanceof MethodArgumentNotValidException invalid) {
            return ParameterProblems.of(invalid);
        }
        if (failure instanceof HandlerMethodValidationException invalid) {
            return ParameterProblems.of(invalid);
        }
        if (failure instanceof ConstraintViolationException invalid) {
            return ParameterProblems.of(invalid);
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return ParameterProblems.of(mismatch);
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return ParameterProblems.missing("?" + missing.getParameterName());
        }
        return failure instanceof MissingRequestHeaderException missing
                ? ParameterProblems.missing(missing.getHeaderName())
                : null;
    }

    private static @Nullable Problem catalog(Exception failure) {
        if (failure instanceof DataAccessResourceFailureException
                || failure instanceof CannotCreateTransactionException) {
            return Problem.of(
                    ErrorCode.CATALOG_UNAVAILABLE, "The catalog database does not answer; running jobs go on.");
        }
        return failure instanceof ConcurrencyFailureException || failure instanceof DataIntegrityViolationException
                ? Problem.of(ErrorCode.CONFLICT, "Another change of the same thing came first; read it and try again.")
                : null;
    }

    private static Problem unreadable(HttpMessageNotReadableException failure) {
        if (failure.getCause() instanceof JacksonException json) {
            return BodyProblems.of(json);
        }
        return Problem.of(ErrorCode.INVALID_BODY, "The body is missing or cannot be read.")
                .withError("", "a body is required");
    }

    private static Problem internal() {
        return Problem.of(
                ErrorCode.INTERNAL_ERROR,
                "The server made a mistake; nothing is known to be wrong with the request."
                        + " Report the traceId, under which the log has the details.");
    }
}
