package io.strandline.catalog.jpa;

import io.strandline.catalog.Hold;
import io.strandline.catalog.Hold.Kind;
import io.strandline.snapshot.SnapshotId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What keeps a version from being deleted. */
@Entity
@Table(name = "hold")
class HoldRow {

    @Id
    String id;

    String jobId;

    String snapshotId;

    @Enumerated(EnumType.STRING)
    Kind kind;

    String reason;

    String placedBy;

    @Nullable
    String owner;

    Instant placedAt;

    @Nullable
    Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    HoldRow() {}

    static HoldRow of(Hold hold) {
        HoldRow row = new HoldRow();
        row.id = hold.id();
        row.jobId = hold.jobId();
        row.snapshotId = hold.snapshot().toString();
        row.kind = hold.kind();
        row.reason = hold.reason();
        row.placedBy = hold.placedBy();
        row.owner = hold.owner();
        row.placedAt = hold.placedAt();
        row.expiresAt = hold.expiresAt();
        return row;
    }

    Hold value() {
        return new Hold(id, jobId, SnapshotId.parse(snapshotId), kind, reason, placedBy, owner, placedAt, expiresAt);
    }
}
