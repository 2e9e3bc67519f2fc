package io.strandline.catalog.jpa;

import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.history.Instance;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a job. */
@Entity
@Table(name = "instance")
class InstanceRow {

    @Id
    String id;

    String jobId;

    String branch;

    long epoch;

    int pipelineVersion;

    int parallelism;

    String backend;

    @Nullable
    String restoredFrom;

    String startedBecause;

    Instant startedAt;

    @Nullable
    String endedBecause;

    @Nullable
    Instant endedAt;

    @Nullable
    String problemCode;

    @Nullable
    String problemDetail;

    boolean branchPurged;

    @SuppressWarnings("NullAway.Init")
    InstanceRow() {}

    Instance value() {
        return new Instance(
                id,
                jobId,
                branch,
                epoch,
                pipelineVersion,
                parallelism,
                backend,
                JsonText.id(restoredFrom),
                startedBecause,
                startedAt,
                endedBecause,
                endedAt,
                problemCode == null || problemDetail == null ? null : new ProblemNote(problemCode, problemDetail));
    }
}
