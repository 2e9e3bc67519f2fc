package io.strandline.retention.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be purged, and why. */
@Schema(name = "PurgeRequest", description = "What is to be purged, and why.")
record PurgeBody(
        @Schema(description = "Ids of versions in the trash; all of them and trashed jobs if absent.")
        @Size(max = 10_000)
        @Nullable
        List<@NotNull String> snapshots,

        @Schema(description = "Unlink files now that would wait a day in quarantine; they are checked all the same.")
        @Nullable
        Boolean skipQuarantine,

        @Schema(
                description = "Why, for the audit; needed, for nothing brings back what is purged.",
                example = "the disk is full")
        @Size(max = 1000)
        @Nullable
        String reason) {

    /** What is meant when nothing is sent, but for the reason, which has to be. */
    static final PurgeBody ALL = new PurgeBody(null, null, null);

    /**
     * The reason.
     *
     * @throws StrandlineException {@code reason-required}
     */
    String neededReason() {
        if (reason == null || reason.isBlank()) {
            throw Problem.of(
                            ErrorCode.REASON_REQUIRED, "Say in reason why the trash is purged; nothing brings it back.")
                    .withError("/reason", "a purge needs a reason")
                    .asException();
        }
        return reason;
    }

    @Nullable
    List<SnapshotId> ids() {
        if (snapshots == null) {
            return null;
        }
        List<SnapshotId> ids = new ArrayList<>();
        for (String text : snapshots) {
            ids.add(id(text, ids.size()));
        }
        return ids;
    }

    private static SnapshotId id(String text, int index) {
        try {
            return SnapshotId.parse(text);
        } catch (IllegalArgumentException e) {
            String detail = "'" + text + "' is not a version's id; take it from GET /api/v1/trash.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/snapshots/" + index, detail)
                    .asException(e);
        }
    }
}
