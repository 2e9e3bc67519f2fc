package io.strandline.catalog.lookup;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A revision expression as somebody wrote it; a number may come as a number.
 *
 * @param text what was written
 */
@Schema(
        type = "string",
        description = "A revision: a branch (main), main~3, main@2026-08-01T12:00Z, a tag, a number, an id, latest or"
                + " latest-verified.",
        example = "main~1")
public record Revision(@JsonValue String text) {

    private static final int LONGEST = 200;

    public Revision {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new StrandlineException(
                    ErrorCode.INVALID_REVISION,
                    "A revision has 1 to " + LONGEST + " characters, such as main~3 or 42.");
        }
    }

    /** Reads {@code 42} as well as {@code "42"}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Revision of(Object value) {
        if (value instanceof String || value instanceof Integer || value instanceof Long) {
            return new Revision(value.toString());
        }
        throw new StrandlineException(
                ErrorCode.INVALID_REVISION, "A revision is a string or a whole number, such as \"main~3\" or 42.");
    }

    @Override
    public String toString() {
        return text;
    }
}
