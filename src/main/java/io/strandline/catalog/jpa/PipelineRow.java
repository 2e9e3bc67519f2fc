package io.strandline.catalog.jpa;

import io.strandline.catalog.PipelineVersion;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A job's pipeline document as it was. */
@Entity
@Table(name = "pipeline_version")
@IdClass(PipelineRow.Key.class)
class PipelineRow {

    @Id
    String jobId;

    @Id
    int version;

    String document;

    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    PipelineRow() {}

    PipelineVersion value() {
        return new PipelineVersion(jobId, version, document, createdAt);
    }

    /** Its key. */
    record Key(String jobId, int version) {}
}
