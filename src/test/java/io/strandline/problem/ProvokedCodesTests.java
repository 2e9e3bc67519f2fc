package io.strandline.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks that no code is without a test that names it: what nothing can provoke has no business among the codes. */
class ProvokedCodesTests {

    private static final Path TESTS = Path.of("src/test/java");
    private static final String SELF = ProvokedCodesTests.class.getSimpleName() + ".java";

    /** Codes that no test provokes yet. */
    private static final Set<ErrorCode> UNPROVOKED = Set.of(
            ErrorCode.ARCHIVE_TOO_LARGE,
            ErrorCode.CHECKPOINT_ABORTED,
            ErrorCode.CHECKPOINT_FAILED,
            ErrorCode.FILE_NOT_FOUND,
            ErrorCode.FORBIDDEN,
            ErrorCode.HEADERS_TOO_LARGE,
            ErrorCode.LOOKUP_TIMEOUT,
            ErrorCode.SIGNATURE_INVALID,
            ErrorCode.SIGNATURE_MISSING,
            ErrorCode.SNAPSHOT_LOST,
            ErrorCode.UNAVAILABLE,
            ErrorCode.URI_TOO_LONG);

    @Test
    void everyCodeIsNamedBySomeTest() throws IOException {
        String tests = tests();
        Set<ErrorCode> unprovoked = new TreeSet<>(List.of(ErrorCode.values()));
        unprovoked.removeIf(code -> Pattern.compile(
                        "(?<![\\w-])" + code.wireName() + "(?![\\w-])|(?:ErrorCode|Kind)\\." + code.name() + "\\b")
                .matcher(tests)
                .find());

        assertThat(unprovoked)
                .as("provoke each code in a test; take codes that cannot be provoked out of ErrorCode")
                .isSubsetOf(UNPROVOKED);
    }

    private static String tests() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith(SELF))
                    .map(ProvokedCodesTests::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("a test cannot be read", e);
        }
    }
}
