package io.strandline.web.errors;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Maps a bare HTTP status, as Spring and Tomcat set it, to one of our codes; no 5xx but 503 and 507 comes out. */
final class StatusProblems {

    private static final int NOT_IMPLEMENTED = 501;
    private static final int VERSION_NOT_SUPPORTED = 505;

    private StatusProblems() {}

    static Problem of(int status, String detail) {
        return Problem.of(code(status), detail);
    }

    /** What Spring refuses by itself, in its words where they help and with what would be taken where it knows. */
    static Problem of(ErrorResponse refused) {
        int status = refused.getStatusCode().value();
        String detail = refused.getBody().getDetail();
        if (refused instanceof NoResourceFoundException missing) {
            return of(
                    status, "Nothing is at /" + missing.getResourcePath() + "; the paths are listed at /v3/api-docs.");
        }
        if (refused instanceof HttpMediaTypeNotSupportedException type) {
            return of(status, detail + expected("send", type.getSupportedMediaTypes()));
        }
        if (refused instanceof HttpRequestMethodNotSupportedException method) {
            String[] supported = method.getSupportedMethods();
            return of(status, detail + expected("use", supported == null ? List.of() : List.of(supported)));
        }
        return detail == null || status >= 500 ? of(status) : of(status, detail);
    }

    private static String expected(String verb, List<?> accepted) {
        return accepted.isEmpty()
                ? ""
                : accepted.stream()
                        .map(Object::toString)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(" or ", " Here, " + verb + " ", "."));
    }

    static Problem of(int status) {
        ErrorCode code = code(status);
        return Problem.of(code, code.title() + ". " + code.wayOut());
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 408 -> ErrorCode.REQUEST_TIMEOUT;
            case 412 -> ErrorCode.PRECONDITION_FAILED;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 417 -> ErrorCode.EXPECTATION_FAILED;
            case 429 -> ErrorCode.TOO_MANY_REQUESTS;
            case NOT_IMPLEMENTED, VERSION_NOT_SUPPORTED -> ErrorCode.BAD_REQUEST;
            case 503 -> ErrorCode.UNAVAILABLE;
            case 507 -> ErrorCode.STORAGE_FULL;
            default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL_ERROR;
        };
    }
}
