package io.strandline.web.errors;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what Spring's binding and validation found into fields with pointers. */
final class ParameterProblems {

    private ParameterProblems() {}

    static Problem of(MethodArgumentNotValidException failure) {
        boolean body = isBody(failure.getParameter());
        List<FieldError> errors = new ArrayList<>();
        addErrors(errors, failure.getBindingResult().getAllErrors(), body);
        return problem(body ? ErrorCode.INVALID_BODY : ErrorCode.INVALID_PARAMETER, errors);
    }

    static Problem of(HandlerMethodValidationException failure) {
        List<FieldError> errors = new ArrayList<>();
        boolean body = false;
        for (ParameterValidationResult result : failure.getParameterValidationResults()) {
            if (result instanceof ParameterErrors nested) {
                boolean here = isBody(result.getMethodParameter());
                body |= here;
                addErrors(errors, nested.getAllErrors(), here);
            } else {
                String pointer = pointer(result.getMethodParameter());
                for (MessageSourceResolvable error : result.getResolvableErrors()) {
                    errors.add(new FieldError(pointer, message(error.getDefaultMessage())));
                }
            }
        }
        return problem(body ? ErrorCode.INVALID_BODY : ErrorCode.INVALID_PARAMETER, errors);
    }

    static Problem of(ConstraintViolationException failure) {
        List<FieldError> errors = new ArrayList<>();
        for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
            errors.add(
                    new FieldError(pointer(violation.getPropertyPath().toString()), message(violation.getMessage())));
        }
        return problem(ErrorCode.INVALID_PARAMETER, errors);
    }

    static Problem of(MethodArgumentTypeMismatchException failure) {
        FieldError error = new FieldError(pointer(failure.getParameter()), mismatch(failure));
        return problem(ErrorCode.INVALID_PARAMETER, List.of(error));
    }

    static Problem missing(String pointer) {
        return problem(ErrorCode.INVALID_PARAMETER, List.of(new FieldError(pointer, "is missing")));
    }

    private static void addErrors(List<FieldError> errors, List<ObjectError> found, boolean body) {
        for (ObjectError error : found) {
            String field = error instanceof org.springframework.validation.FieldError of ? of.getField() : "";
            String pointer = field.isEmpty() ? "" : body ? pointer(field) : "?" + field;
            String detail = error.contains(TypeMismatchException.class)
                    ? mismatch(error.unwrap(TypeMismatchException.class))
                    : message(error.getDefaultMessage());
            errors.add(new FieldError(pointer, detail));
        }
    }

    /** What was found and what would be right; of a list, which of its values is wrong. */
    private static String mismatch(TypeMismatchException failure) {
        return failure.getCause() instanceof ConversionFailedException conversion
                ? mismatch(conversion.getValue(), conversion.getTargetType().getType())
                : mismatch(failure.getValue(), failure.getRequiredType());
    }

    private static String mismatch(@Nullable Object found, @Nullable Class<?> expected) {
        return "found \"" + found + "\", expected " + BodyProblems.expected(expected);
    }

    private static boolean isBody(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class);
    }

    private static Problem problem(ErrorCode code, List<FieldError> errors) {
        if (errors.isEmpty()) {
            return Problem.of(code, code.title() + ".");
        }
        FieldError first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more under errors)";
        return Problem.of(code, first.pointer() + ": " + first.detail() + more + ".")
                .withErrors(errors);
    }

    /** {@code a.b[0].c} as a JSON pointer. */
    static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        for (String step : path.replace("]", "").split("[.\\[]", -1)) {
            pointer.append('/').append(BodyProblems.escape(step));
        }
        return pointer.toString();
    }

    private static String pointer(MethodParameter parameter) {
        PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        if (variable != null) {
            return "{" + firstOf(variable.name(), parameter.getParameterName()) + "}";
        }
        return header != null
                ? firstOf(header.name(), parameter.getParameterName())
                : "?" + firstOf("", parameter.getParameterName());
    }

    private static String firstOf(String annotated, @Nullable String declared) {
        return annotated.isEmpty() && declared != null ? declared : annotated;
    }

    private static String message(@Nullable String message) {
        return message == null ? "is not valid" : message;
    }
}
