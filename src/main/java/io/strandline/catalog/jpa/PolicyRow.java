package io.strandline.catalog.jpa;

import io.strandline.catalog.Policy;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A level's saved policy. */
@Entity
@Table(name = "policy")
class PolicyRow {

    @Id
    String levelKey;

    @Nullable
    String jobId;

    String document;

    long version;

    Instant savedAt;

    String savedBy;

    @SuppressWarnings("NullAway.Init")
    PolicyRow() {}

    static String key(@Nullable String jobId) {
        return jobId == null ? "server" : "job:" + jobId;
    }

    Policy value() {
        return new Policy(jobId, document, version, savedAt, savedBy);
    }
}
