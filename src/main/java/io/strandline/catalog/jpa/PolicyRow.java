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

    @Nullable
    String branch;

    String document;

    long version;

    Instant savedAt;

    String savedBy;

    @SuppressWarnings("NullAway.Init")
    PolicyRow() {}

    static String key(Policy.Owner owner) {
        String job = owner.jobId() == null ? "server" : "job:" + owner.jobId();
        return owner.branch() == null ? job : job + "/" + owner.branch();
    }

    Policy value() {
        return new Policy(jobId, branch, document, version, savedAt, savedBy);
    }
}
