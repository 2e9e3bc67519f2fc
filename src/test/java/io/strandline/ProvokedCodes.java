package io.strandline;

import io.restassured.builder.ResponseBuilder;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.strandline.problem.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notes, in a file below {@code target}, every error code that a server answered a call with, as a problem of its own or as that
 * of an operation, an attempt or a job, and the call. Pages that only explain codes do not count.
 */
public final class ProvokedCodes implements Filter {

    private static final String FILE = "provoked-codes.txt";
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([a-z-]+)\"");
    private static final Pattern EXPLAINING = Pattern.compile("^/(?:api/v1/problems|v3/api-docs)\\b.*");
    private static final Pattern PLANTED = Pattern.compile("^/probe/fail/.*");

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        String type = Optional.ofNullable(response.contentType()).orElse("");
        if (!type.contains("json") || type.contains("ndjson")) {
            return response;
        }
        byte[] body = response.asByteArray();
        Response read = new ResponseBuilder().clone(response).setBody(body).build();
        if (response.statusCode() >= 400
                || !EXPLAINING.matcher(request.getDerivedPath()).matches()) {
            note(request.getMethod(), request.getDerivedPath(), read.asString());
        }
        return read;
    }

    /** Notes the codes in an answer that came by another way than REST Assured. */
    public static void note(String method, String path, String answer) {
        for (Matcher found = CODE.matcher(answer); found.find(); ) {
            ErrorCode.ofWireName(found.group(1))
                    .filter(code -> code == ErrorCode.INTERNAL_ERROR
                            || !PLANTED.matcher(path).matches())
                    .ifPresent(code -> append(code.wireName() + " " + method + " " + path));
        }
    }

    /** Each code noted since the run began, with the first call that provoked it. */
    public static Map<String, String> noted() throws IOException {
        Map<String, String> calls = new TreeMap<>();
        Path file = RunRecord.directory().resolve(FILE);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int end = line.indexOf(' ');
                calls.putIfAbsent(line.substring(0, end), line.substring(end + 1));
            }
        }
        return calls;
    }

    private static void append(String line) {
        try {
            Path file = RunRecord.directory().resolve(FILE);
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("a code cannot be noted", e);
        }
    }
}
