package io.strandline.operation.web;

import io.strandline.catalog.history.ChainCheck.Outcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a walk along the journal's chain found. */
@Schema(name = "AuditVerification", description = "What a walk along the chain of hashes found.")
record ChainResponse(
        @Schema(description = "Whether every entry is what was written, and follows from the one before.")
        boolean intact,

        @Schema(description = "How many entries are linked, from the first on.")
        long entries,

        @Schema(
                description =
                        "The hash of the last of them: SHA-256 over it and, by the chain, over everything before. Note it"
                                + " elsewhere to be able to tell that history was not rewritten.")
        String hash,

        @Schema(description = "What is wrong behind it; null for nothing.") @Nullable
        String damage,

        @Schema(description = "When the walk ended.") Instant checkedAt) {

    static ChainResponse of(Outcome outcome, Instant at) {
        return new ChainResponse(outcome.intact(), outcome.entries(), outcome.hash(), outcome.damage(), at);
    }
}
