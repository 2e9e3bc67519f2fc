package io.strandline.retention.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.snapshot.SnapshotId;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be purged; may be absent. */
@Schema(name = "PurgeRequest", description = "What is to be purged; the whole trash if absent.")
record PurgeBody(
        @Schema(description = "Ids of versions in the trash; all of them and trashed jobs if absent.")
        @Size(max = 10_000)
        @Nullable
        List<@NotNull String> snapshots,

        @Schema(description = "Unlink files now that would wait a day in quarantine; they are checked all the same.")
        @Nullable
        Boolean skipQuarantine,

        @Schema(description = "Why, for the audit.", example = "the disk is full") @Size(max = 1000) @Nullable
        String reason) {

    static final PurgeBody ALL = new PurgeBody(null, null, null);

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
