package io.strandline.pipeline.reading;

import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.Scalars;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what becomes of records that cannot be processed. */
final class ErrorPolicyReader {

    private static final String WANTED = "FAIL or {deadLetter: {path, max}}";
    private static final long MOST = 1_000_000_000;
    private static final long MAX = 1_000;

    private ErrorPolicyReader() {}

    /** Null for FAIL, which is the default. */
    static @Nullable DeadLetters read(Fields fields) {
        JsonNode onError = fields.optional("onError");
        if (onError == null || (onError.isString() && onError.stringValue().equals("FAIL"))) {
            return null;
        }
        if (!onError.isObject()) {
            fields.wrong("onError", WANTED + " is expected; found " + Scalars.describe(onError));
            return null;
        }
        Fields policy = fields.object("onError");
        if (policy.required("deadLetter", "{path, max}") == null) {
            policy.refuseUnknown();
            return null;
        }
        policy.refuseUnknown();
        Fields letters = policy.object("deadLetter");
        String path = letters.path("path", false);
        long max = letters.integer("max", 1, MOST, MAX);
        letters.refuseUnknown();
        return new DeadLetters(path, max);
    }
}
