package io.strandline.web.errors;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON or YAML body, where, and what would be right; names no class of ours. */
public final class BodyProblems {

    private static final int SHOWN_VALUE = 60;

    private BodyProblems() {}

    public static Problem of(JacksonException failure) {
        if (failure instanceof StreamReadException) {
            return malformed(failure);
        }
        if (causeOf(failure) instanceof StrandlineException own) {
            return own.problem();
        }
        String pointer = pointer(failure);
        String detail = describe(failure);
        String place = pointer.isEmpty() ? "The body" : "The body at " + pointer;
        return Problem.of(ErrorCode.INVALID_BODY, place + ": " + detail + ".").withError(pointer, detail);
    }

    private static Problem malformed(JacksonException failure) {
        TokenStreamLocation where = failure.getLocation();
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return Problem.of(
                ErrorCode.MALFORMED_BODY,
                "The body cannot be read" + place + ": " + firstLine(failure.getOriginalMessage()) + ".");
    }

    private static String describe(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "unknown field '" + unknown.getPropertyName() + "'" + knownFields(unknown.getKnownPropertyIds());
        }
        if (failure instanceof InvalidFormatException format) {
            return "found " + shown(format.getValue()) + ", expected " + expected(format.getTargetType());
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return "found " + found(mismatch.getCurrentToken()) + ", expected " + expected(mismatch.getTargetType());
        }
        Throwable cause = causeOf(failure);
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? firstLine(cause.getMessage())
                : "the value is missing or not allowed here";
    }

    private static @Nullable Throwable causeOf(JacksonException failure) {
        return failure.getCause();
    }

    private static String knownFields(@Nullable Collection<Object> known) {
        if (known == null || known.isEmpty()) {
            return "";
        }
        return "; known are " + known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String pointer(JacksonException failure) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            String name = step.getPropertyName();
            pointer.append('/').append(name == null ? Integer.toString(step.getIndex()) : escape(name));
        }
        return pointer.toString();
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        String cut = text.length() > SHOWN_VALUE ? text.substring(0, SHOWN_VALUE) + "…" : text;
        return value instanceof CharSequence ? '"' + cut + '"' : cut;
    }

    private static String found(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Instant.class) {
            return "an instant such as 2026-01-31T12:00:00Z";
        }
        if (type == Duration.class) {
            return "a duration such as PT5S";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "another value";
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
