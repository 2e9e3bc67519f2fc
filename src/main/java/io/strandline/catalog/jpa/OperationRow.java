package io.strandline.catalog.jpa;

import io.strandline.catalog.work.OperationLog.LoggedOperation;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An operation; its state is null until it ends. */
@Entity
@Table(name = "operation")
class OperationRow {

    @Id
    String id;

    String type;

    @Nullable
    String jobId;

    String request;

    String actor;

    Instant acceptedAt;

    @Nullable
    String state;

    @Nullable
    String result;

    @Nullable
    String problem;

    @Nullable
    Instant endedAt;

    @SuppressWarnings("NullAway.Init")
    OperationRow() {}

    LoggedOperation value() {
        return new LoggedOperation(id, type, jobId, request, actor, acceptedAt, state, result, problem, endedAt);
    }
}
