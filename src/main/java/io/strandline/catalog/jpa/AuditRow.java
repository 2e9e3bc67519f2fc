package io.strandline.catalog.jpa;

import io.strandline.catalog.Cause;
import io.strandline.catalog.history.History.AuditEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change as the audit tells it. */
@Entity
@Table(name = "audit_entry")
class AuditRow {

    @Id
    long sequence;

    Instant at;

    String action;

    @Nullable
    String jobId;

    @Nullable
    String branch;

    String subject;

    String actor;

    @Nullable
    String requestId;

    @Nullable
    String operationId;

    @Nullable
    String reason;

    @Nullable
    String beforeJson;

    String afterJson;

    @SuppressWarnings("NullAway.Init")
    AuditRow() {}

    AuditEntry value() {
        Cause cause = new Cause(actor, requestId, operationId, reason);
        return new AuditEntry(sequence, at, action, jobId, branch, subject, cause, beforeJson, afterJson);
    }
}
