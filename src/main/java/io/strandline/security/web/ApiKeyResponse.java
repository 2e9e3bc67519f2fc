package io.strandline.security.web;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.ApiKey.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as clients see it. */
@Schema(name = "ApiKey", description = "What lets somebody call the server.")
record ApiKeyResponse(
        @Schema(description = "Its id, which the audit tells as the actor.", example = "sk-mfrggzdfmztwq2lk")
        String id,

        @Schema(description = "What it is called.", example = "nightly backup")
        String name,

        @Schema(description = "What it may do.") Role role,

        @Schema(description = "The jobs it is for; empty for all jobs and the server itself.")
        List<String> jobs,

        @Schema(
                description =
                        "What to send as Authorization: Bearer. Told only once, when it is made; null ever after.")
        @Nullable
        String key,

        @Schema(description = "When it was made.") Instant createdAt,
        @Schema(description = "Who made it.") String createdBy,

        @Schema(description = "When it got the secret it has; null for when it was made.") @Nullable
        Instant rotatedAt,

        @Schema(description = "Until when the secret before that counts, too; null when it does not.") @Nullable
        Instant previousUntil,

        @Schema(description = "When it stops to count; null for never.") @Nullable
        Instant expiresAt,

        @Schema(description = "When it was last sent, to the minute; null when that is not known.") @Nullable
        Instant lastUsedAt) {

    static ApiKeyResponse of(ApiKey key, @Nullable Instant lastUsedAt, @Nullable String token) {
        ApiKey.Previous previous = key.previous();
        return new ApiKeyResponse(
                key.id(),
                key.name(),
                key.role(),
                key.jobs(),
                token,
                key.createdAt(),
                key.createdBy(),
                key.rotatedAt(),
                previous == null ? null : previous.until(),
                key.expiresAt(),
                lastUsedAt);
    }

    @Override
    public String toString() {
        return "ApiKeyResponse[" + id + "]";
    }
}
