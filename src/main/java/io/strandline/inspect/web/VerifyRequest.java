package io.strandline.inspect.web;

import io.strandline.catalog.Verification.Level;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How deep to look.
 *
 * @param level the level, {@code CHECKSUMS} when absent
 */
@Schema(description = "How deep to look.")
record VerifyRequest(
        @Schema(
                description =
                        "CATALOG: the catalog agrees with the manifest. PRESENCE: and every file is there with its"
                                + " size. CHECKSUMS: and has its SHA-256. CONTENT: and every entry can be decoded; computes the"
                                + " stateDigest. REHEARSAL: and it can be restored, into an instance without sources and sinks"
                                + " that is thrown away, and then holds the same.",
                defaultValue = "CHECKSUMS",
                example = "CONTENT")
        @Nullable
        Level level) {

    Level levelOrDefault() {
        return level == null ? Level.CHECKSUMS : level;
    }
}
