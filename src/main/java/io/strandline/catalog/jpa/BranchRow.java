package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.ProblemNote;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A branch with its head. */
@Entity
@Table(name = "branch")
@IdClass(BranchRow.Key.class)
class BranchRow {

    @Id
    String jobId;

    @Id
    String name;

    @Nullable
    String headId;

    @Nullable
    Long headNumber;

    String line;

    int pipelineVersion;

    @Enumerated(EnumType.STRING)
    Desired desired;

    long epoch;

    @Nullable
    String problemCode;

    @Nullable
    String problemDetail;

    boolean finished;

    @SuppressWarnings("NullAway.Init")
    BranchRow() {}

    Branch value() {
        return new Branch(
                jobId,
                name,
                JsonText.id(headId),
                headNumber,
                JsonText.line(line),
                pipelineVersion,
                desired,
                epoch,
                problemCode == null || problemDetail == null ? null : new ProblemNote(problemCode, problemDetail),
                finished);
    }

    void problem(@Nullable ProblemNote problem) {
        problemCode = problem == null ? null : problem.code();
        problemDetail = problem == null ? null : problem.detail();
    }

    /** Its key. */
    record Key(String jobId, String name) {}
}
