package io.strandline.expression.kernel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The test of a text against a pattern: the last pattern is kept compiled. RE2 takes linear time whatever the pattern, and
 * finds it anywhere in the text, as CEL says.
 */
final class Patterns {

    /** Longest pattern in characters, and how many instructions it may compile to. */
    static final int MAX_LENGTH = 1_000;

    static final int MAX_INSTRUCTIONS = 10_000;

    private String text = "";
    private @Nullable Pattern compiled;

    /** Whether the pattern is found in the subject. */
    boolean matches(String subject, String pattern) {
        Pattern known = compiled;
        if (known == null || !text.equals(pattern)) {
            known = compile(pattern);
            text = pattern;
            compiled = known;
        }
        return known.matcher(subject).find();
    }

    private static Pattern compile(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw tooCostly(pattern.length() + " characters; at most " + MAX_LENGTH);
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > MAX_INSTRUCTIONS) {
                throw tooCostly(compiled.programSize() + " instructions; at most " + MAX_INSTRUCTIONS);
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + pattern + "' is no RE2 pattern: " + e.getDescription(), e);
        }
    }

    private static IllegalArgumentException tooCostly(String size) {
        return new IllegalArgumentException("a pattern of " + size + " are taken");
    }
}
