package io.strandline.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification;
import io.strandline.snapshot.signing.SignatureCheck;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a verification found, and what it means for others. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a verification found, and what it means for others.")
public record VerificationReport(
        @Schema(description = "The version that was looked at.")
        VersionRef snapshot,

        @Schema(description = "How deep.") Verification.Level level,
        @Schema(description = "INTACT or DAMAGED.") Verification.Outcome outcome,

        @Schema(description = "The version's condition from now on.")
        Snapshot.Condition condition,

        @Schema(description = "Proof of its logical content, from CONTENT on.") @Nullable
        String stateDigest,

        @Schema(description = "What its manifest's signature is worth here; absent when the manifest cannot be read.")
        @Nullable
        SignatureCheck signature,

        @Schema(description = "Files looked at.") int files,

        @Schema(description = "Bytes of theirs that were read.")
        long readBytes,

        @Schema(description = "Everything that is not as it was committed.")
        List<Finding> findings,

        @Schema(description = "Other versions that name a damaged file; they are DAMAGED too.")
        List<Affected> affected,

        @Schema(description = "Branches whose head is damaged.")
        List<AffectedBranch> branches,

        @Schema(description = "When damaged: the nearest ancestor that nobody has found damaged.") @Nullable
        VersionRef nearestIntact) {

    public VerificationReport {
        findings = List.copyOf(findings);
        affected = List.copyOf(affected);
        branches = List.copyOf(branches);
    }

    /** A version that shares a damaged file. */
    @Schema(description = "A version that shares a damaged file.")
    public record Affected(
            @Schema(description = "Its job.") String job,
            @Schema(description = "The version.") VersionRef snapshot) {}

    /** A branch whose head is damaged. */
    @Schema(description = "A branch whose head is damaged.")
    public record AffectedBranch(
            @Schema(description = "Its job.") String job,
            @Schema(description = "The branch.") String branch) {}
}
