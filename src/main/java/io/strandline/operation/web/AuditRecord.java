package io.strandline.operation.web;

import io.strandline.catalog.history.History.AuditEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A change as the audit tells it over HTTP. */
@Schema(name = "AuditEntry", description = "One change: who, what, to what, why, and what it was before.")
record AuditRecord(
        @Schema(description = "Its place in the order of all changes.")
        long sequence,

        @Schema(description = "When it was made.") Instant at,

        @Schema(description = "What was done.", example = "tag-created")
        String action,

        @Schema(description = "The id of the job concerned.") @Nullable
        String jobId,

        @Schema(description = "The branch it was made on.", example = "main") @Nullable
        String branch,

        @Schema(description = "What it was done to.", example = "tag:nightly")
        String subject,

        @Schema(description = "Who did it; system for the server itself.")
        String actor,

        @Schema(description = "The reason given.") @Nullable String reason,

        @Schema(description = "The request it came from.") @Nullable
        String requestId,

        @Schema(description = "The operation it belongs to.") @Nullable
        String operationId,

        @Schema(description = "What is no longer true.", implementation = Object.class) @Nullable
        JsonNode before,

        @Schema(description = "The change.", implementation = Object.class)
        JsonNode after) {

    static AuditRecord of(AuditEntry entry, JsonMapper json) {
        String before = entry.before();
        return new AuditRecord(
                entry.sequence(),
                entry.at(),
                entry.action(),
                entry.jobId(),
                entry.branch(),
                entry.subject(),
                entry.cause().actor(),
                entry.cause().reason(),
                entry.cause().requestId(),
                entry.cause().operationId(),
                before == null ? null : json.readTree(before),
                json.readTree(entry.after()));
    }
}
