package io.strandline.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Writes the page of errors from the codes, in their groups, and compares it with the docs. */
class ErrorsDocumentTests {

    private static final Path FILE = Path.of("docs/errors.md");
    private static final Path SOURCE = Path.of("src/main/java/io/strandline/problem/ErrorCode.java");
    private static final Pattern LINE = Pattern.compile("^ {4}(?:// (?<group>.+)|(?<code>[A-Z_]+)\\(.*)$");

    private static final String HEAD = """
            # Errors

            Every error is a problem body (RFC 9457, `application/problem+json`):

            ```json
            {
              "type": "/api/v1/problems/head-moved",
              "title": "The head is not the expected one",
              "status": 409,
              "detail": "The head of main is 44, not 42 as expected.",
              "instance": "/api/v1/jobs/flights/restore",
              "code": "head-moved",
              "retryable": false,
              "traceId": "30085278-aab0-4a17-984f-7ec2065689cc"
            }
            ```

            `code` says what is wrong and never changes; `detail` says it with the values, and the way out. Where they help there
            are also `errors` (each with the `pointer` to a field, parameter or header), `blockers` (what stands in the way, and
            where it is released), `currentHead` and `operationId`. Where `retryable` is true the same request may succeed later:
            `Retry-After` says when. A failed operation, a failed attempt at a checkpoint and a job that FAILED have codes out of
            the same list. The only statuses from 500 up are 503 and 507.

            This page is generated from the code; a test compares it. A running server explains each code at its `type`.
            """;

    @Test
    void thePageOfErrorsIsUpToDate() throws IOException {
        String now = document();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(FILE, now, StandardCharsets.UTF_8);
        }

        assertThat(FILE)
                .as("docs/errors.md; after a wanted change run ./mvnw verify -Ddocs.update=true")
                .hasContent(now);
    }

    @Test
    void everyCodeIsInThePage() throws IOException {
        String page = document();
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(page).contains("| `" + code.wireName() + "` |");
        }
    }

    private static String document() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (String line : Files.readAllLines(SOURCE)) {
            Matcher found = LINE.matcher(line);
            if (!found.matches()) {
                continue;
            }
            String group = found.group("group");
            if (group != null) {
                page.append("\n## ")
                        .append(Character.toUpperCase(group.charAt(0)))
                        .append(group.substring(1));
                page.append("\n\n| code | status | meaning | the way out | again later |\n|---|---|---|---|---|\n");
            } else {
                row(ErrorCode.valueOf(found.group("code")), page);
            }
        }
        return page.toString();
    }

    private static void row(ErrorCode code, StringBuilder page) {
        page.append("| `").append(code.wireName()).append("` | ").append(code.status());
        page.append(" | ").append(code.title()).append(" | ").append(code.wayOut());
        page.append(" | ").append(code.retryable() ? "yes" : "").append(" |\n");
    }
}
