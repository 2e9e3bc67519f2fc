package io.strandline.catalog.jpa;

import io.strandline.catalog.Cause;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.catalog.history.History.HeadEntry.Before;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A move of a branch's head. */
@Entity
@Table(name = "head_move")
class HeadMoveRow {

    @Id
    long sequence;

    String jobId;

    String branch;

    @Nullable
    String fromId;

    @Nullable
    String toId;

    @Nullable
    Long toNumber;

    @Nullable
    String fromLine;

    @Nullable
    Integer fromPipeline;

    @Nullable
    Integer toPipeline;

    String verb;

    Instant at;

    String actor;

    @Nullable
    String requestId;

    @Nullable
    String operationId;

    @Nullable
    String reason;

    @SuppressWarnings("NullAway.Init")
    HeadMoveRow() {}

    HeadEntry value() {
        Cause cause = new Cause(actor, requestId, operationId, reason);
        Before before =
                fromLine == null || fromPipeline == null ? null : new Before(JsonText.line(fromLine), fromPipeline);
        return new HeadEntry(
                sequence,
                jobId,
                branch,
                JsonText.id(fromId),
                JsonText.id(toId),
                toNumber,
                toPipeline,
                verb,
                before,
                at,
                cause);
    }
}
