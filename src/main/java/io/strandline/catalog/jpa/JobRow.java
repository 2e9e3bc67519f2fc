package io.strandline.catalog.jpa;

import io.strandline.catalog.Job;
import io.strandline.catalog.Trashed;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job; purged ones stay as tombstones without a live name. */
@Entity
@Table(name = "job")
class JobRow {

    @Id
    String id;

    String name;

    @Nullable
    String liveName;

    @Nullable
    String description;

    Instant createdAt;

    @Nullable
    Instant trashedAt;

    @Nullable
    Instant purgeAfter;

    boolean purged;

    @SuppressWarnings("NullAway.Init")
    JobRow() {}

    Job value() {
        return new Job(id, name, description, createdAt, trashed());
    }

    private @Nullable Trashed trashed() {
        return trashedAt == null || purgeAfter == null ? null : new Trashed(trashedAt, purgeAfter);
    }
}
