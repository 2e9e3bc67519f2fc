package io.strandline.catalog.jpa.work;

import io.strandline.catalog.history.Attempts.Attempt;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A checkpoint attempt, in the catalog only. */
@Entity
@Table(name = "attempt")
@IdClass(AttemptRow.Key.class)
class AttemptRow {

    @Id
    String jobId;

    @Id
    long number;

    String branch;

    String instanceId;

    String state;

    Instant startedAt;

    @Nullable
    Instant endedAt;

    String report;

    @SuppressWarnings("NullAway.Init")
    AttemptRow() {}

    static AttemptRow of(Attempt attempt) {
        AttemptRow row = new AttemptRow();
        row.jobId = attempt.jobId();
        row.number = attempt.number();
        row.branch = attempt.branch();
        row.instanceId = attempt.instanceId();
        row.state = attempt.state();
        row.startedAt = attempt.startedAt();
        row.endedAt = attempt.endedAt();
        row.report = attempt.report();
        return row;
    }

    Attempt value() {
        return new Attempt(jobId, branch, instanceId, number, state, startedAt, endedAt, report);
    }

    /** Its key. */
    record Key(String jobId, long number) {}
}
