package io.strandline.catalog.jpa;

import io.strandline.catalog.Tag;
import io.strandline.snapshot.SnapshotId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A name for a version. */
@Entity
@Table(name = "tag")
@IdClass(TagRow.Key.class)
class TagRow {

    @Id
    String jobId;

    @Id
    String name;

    String snapshotId;

    long number;

    @Nullable
    String message;

    String createdBy;

    Instant createdAt;

    @Nullable
    Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    TagRow() {}

    static TagRow of(Tag tag) {
        TagRow row = new TagRow();
        row.jobId = tag.jobId();
        row.name = tag.name();
        row.snapshotId = tag.snapshot().toString();
        row.number = tag.number();
        row.message = tag.message();
        row.createdBy = tag.createdBy();
        row.createdAt = tag.createdAt();
        row.expiresAt = tag.expiresAt();
        return row;
    }

    Tag value() {
        return new Tag(jobId, name, SnapshotId.parse(snapshotId), number, message, createdBy, createdAt, expiresAt);
    }

    /** Its key. */
    record Key(String jobId, String name) {}
}
