package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Branch.Fork;
import io.strandline.catalog.Branch.Protection;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.Trashed;
import io.strandline.snapshot.SnapshotId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    @Nullable
    String forkedRevision;

    @Nullable
    String forkedId;

    @Nullable
    Long forkedNumber;

    @Nullable
    String forkedBranch;

    @Nullable
    Instant forkedAt;

    boolean deletable;

    boolean resettable;

    String sinks;

    @Nullable
    Instant trashedAt;

    @Nullable
    Instant purgeAfter;

    @SuppressWarnings("NullAway.Init")
    BranchRow() {}

    /** A branch as it is born: nothing runs on it and nothing should. */
    static BranchRow born(String jobId, String name, int pipelineVersion, Protection protection) {
        BranchRow row = new BranchRow();
        row.jobId = jobId;
        row.name = name;
        row.line = JsonText.of(List.of());
        row.pipelineVersion = pipelineVersion;
        row.desired = Desired.STOPPED;
        row.sinks = JsonText.ofSinks(Map.of());
        row.protect(protection);
        return row;
    }

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
                finished,
                fork(),
                new Protection(deletable, resettable),
                JsonText.sinks(sinks),
                trashedAt == null || purgeAfter == null ? null : new Trashed(trashedAt, purgeAfter));
    }

    private @Nullable Fork fork() {
        if (forkedRevision == null
                || forkedId == null
                || forkedNumber == null
                || forkedBranch == null
                || forkedAt == null) {
            return null;
        }
        return new Fork(forkedRevision, SnapshotId.parse(forkedId), forkedNumber, forkedBranch, forkedAt);
    }

    void forkedFrom(Fork fork) {
        forkedRevision = fork.revision();
        forkedId = fork.snapshot().toString();
        forkedNumber = fork.number();
        forkedBranch = fork.branch();
        forkedAt = fork.at();
    }

    void protect(Protection protection) {
        deletable = protection.deletable();
        resettable = protection.resettable();
    }

    void trashed(@Nullable Trashed trashed) {
        trashedAt = trashed == null ? null : trashed.at();
        purgeAfter = trashed == null ? null : trashed.purgeAfter();
    }

    void problem(@Nullable ProblemNote problem) {
        problemCode = problem == null ? null : problem.code();
        problemDetail = problem == null ? null : problem.detail();
    }

    /** Its key. */
    record Key(String jobId, String name) {}
}
