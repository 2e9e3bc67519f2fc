package io.strandline.security.web;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.security.key.KeyRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key that somebody wants. */
@Schema(name = "ApiKeyRequest", description = "A key to make.")
record ApiKeyBody(
        @Schema(description = "What it is called.", example = "nightly backup") @NotBlank @Size(max = 100)
        String name,

        @Schema(description = "What it may do; each role may what those before it may.", example = "OPERATOR") @NotNull
        Role role,

        @Schema(
                description =
                        "Names of the jobs it is for, each of which may end in * for whatever follows; for all jobs and the"
                                + " server itself when left out.",
                example = "[\"flights\", \"billing-*\"]")
        @Size(min = 1, max = 50)
        @Nullable
        List<@NotNull @Pattern(regexp = "[a-z][a-z0-9._-]{0,99}\\*?") String> jobs,

        @Schema(description = "When it stops to count; never when left out.", example = "2027-01-01T00:00:00Z")
        @Nullable
        Instant expiresAt,

        @Schema(description = "Why, for the audit.", example = "runs on the backup host") @Size(max = 1000) @Nullable
        String reason) {

    KeyRequest request(Instant now) {
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            String detail = "expiresAt is " + expiresAt + ", which is past; send a time to come, or leave it out.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/expiresAt", detail)
                    .asException();
        }
        return new KeyRequest(name, role, jobs == null ? List.of() : jobs, expiresAt);
    }
}
