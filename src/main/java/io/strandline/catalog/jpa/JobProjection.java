package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.JobChange.JobTrashed;
import io.strandline.catalog.JobChange.JobUndeleted;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.JobChange.PipelineVersionAdded;
import io.strandline.catalog.JobChange.PipelineVersionChosen;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.jpa.JpaIndex.Note;
import io.strandline.catalog.rows.FileWrites;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What changes of jobs, pipelines and instances do to the tables. */
final class JobProjection {

    private final EntityManager entities;
    private final JdbcTemplate sql;

    JobProjection(EntityManager entities, JdbcTemplate sql) {
        this.entities = entities;
        this.sql = sql;
    }

    Note project(JobChange change, FileWrites files) {
        if (change instanceof JobCreated created) {
            return create(created);
        }
        if (change instanceof InstanceStarted started) {
            return start(started);
        }
        if (change instanceof InstanceEnded ended) {
            return end(ended);
        }
        if (change instanceof NumbersReserved reserved) {
            return reserve(reserved);
        }
        if (change instanceof JobTrashed || change instanceof JobUndeleted || change instanceof JobPurged) {
            return remove(change, files);
        }
        return branchChange(change);
    }

    private Note create(JobCreated created) {
        JobRow job = new JobRow();
        job.id = created.jobId();
        job.name = created.name();
        job.liveName = created.name();
        job.description = created.description();
        job.createdAt = created.at();
        entities.persist(job);
        entities.persist(BranchRow.born(created.jobId(), Branch.MAIN, 1, Branch.Protection.OF_MAIN));
        addPipeline(created.jobId(), 1, created.pipeline(), created.at());
        return new Note(created.jobId(), "job:" + created.jobId(), null);
    }

    private void addPipeline(String jobId, int version, String document, Instant at) {
        PipelineRow row = new PipelineRow();
        row.jobId = jobId;
        row.version = version;
        row.document = document;
        row.createdAt = at;
        entities.persist(row);
    }

    private Note branchChange(JobChange change) {
        if (change instanceof PipelineVersionAdded added) {
            addPipeline(added.jobId(), added.version(), added.pipeline(), added.at());
            return choosePipeline(added.jobId(), added.branch(), added.version());
        }
        if (change instanceof PipelineVersionChosen chosen) {
            return choosePipeline(chosen.jobId(), chosen.branch(), chosen.version());
        }
        if (change instanceof DesiredStateSet set) {
            BranchRow branch = branch(set.jobId(), set.branch());
            Note note = note(branch, Map.of("desired", branch.desired));
            branch.desired = set.desired();
            branch.problem(null);
            return note;
        }
        throw new IllegalArgumentException("no table knows what to do with " + change);
    }

    private Note choosePipeline(String jobId, String name, int version) {
        BranchRow branch = branch(jobId, name);
        Note note = note(branch, Map.of("pipelineVersion", branch.pipelineVersion));
        branch.pipelineVersion = version;
        return note;
    }

    private static Note note(BranchRow branch, Object before) {
        return new Note(branch.jobId, branch.name, "branch:" + branch.name, before);
    }

    private Note reserve(NumbersReserved reserved) {
        int known = sql.update(
                "update job_numbers set reserved_up_to = ? where job_id = ?", reserved.upTo(), reserved.jobId());
        if (known == 0) {
            sql.update(
                    "insert into job_numbers (job_id, reserved_up_to) values (?, ?)",
                    reserved.jobId(),
                    reserved.upTo());
        }
        return new Note(reserved.jobId(), "job:" + reserved.jobId(), null);
    }

    private Note start(InstanceStarted started) {
        InstanceRow row = new InstanceRow();
        row.id = started.instanceId();
        row.jobId = started.jobId();
        row.branch = started.branch();
        row.epoch = started.epoch();
        row.pipelineVersion = started.pipelineVersion();
        row.parallelism = started.parallelism();
        row.backend = started.backend();
        row.restoredFrom = JsonText.text(started.restoredFrom());
        row.startedBecause = started.because();
        row.startedAt = started.at();
        entities.persist(row);
        BranchRow branch = branch(started.jobId(), started.branch());
        branch.epoch = started.epoch();
        branch.problem(null);
        branch.finished = false;
        return new Note(started.jobId(), started.branch(), "instance:" + started.instanceId(), null);
    }

    private Note end(InstanceEnded ended) {
        InstanceRow row = entities.find(InstanceRow.class, ended.instanceId());
        if (row == null) {
            throw new IllegalStateException("instance " + ended.instanceId() + " ended and was never started");
        }
        @Nullable ProblemNote problem = ended.problem();
        row.endedBecause = ended.because();
        row.endedAt = ended.at();
        row.problemCode = problem == null ? null : problem.code();
        row.problemDetail = problem == null ? null : problem.detail();
        @Nullable BranchRow branch = entities.find(BranchRow.class, new BranchRow.Key(ended.jobId(), ended.branch()));
        if (branch != null) { // a purged job has none any more
            branch.problem(problem);
            branch.finished = ended.finished();
        }
        return new Note(ended.jobId(), ended.branch(), "instance:" + ended.instanceId(), null);
    }

    private Note remove(JobChange change, FileWrites files) {
        JobRow job = entities.find(JobRow.class, change.jobId());
        if (job == null) {
            throw new IllegalStateException("there is no job " + change.jobId());
        }
        if (change instanceof JobTrashed trashed) {
            job.trashedAt = trashed.trashed().at();
            job.purgeAfter = trashed.trashed().purgeAfter();
            versions(job.id, State.COMPLETED).forEach(version -> version.trashed(trashed.trashed(), true));
        } else if (change instanceof JobUndeleted) {
            job.trashedAt = null;
            job.purgeAfter = null;
            versions(job.id, State.TRASHED).stream()
                    .filter(version -> version.trashedWithJob)
                    .forEach(version -> version.trashed(null, false));
        } else {
            purge(job, files);
        }
        return new Note(job.id, "job:" + job.id, null);
    }

    /** Nothing of the job is left but tombstones: its row without a live name, and its versions'. */
    private void purge(JobRow job, FileWrites files) {
        job.purged = true;
        sql.update("delete from output_place where job_id = ?", job.id);
        job.liveName = null;
        files.giveUpAllOf(job.id);
        for (State state : List.of(State.COMPLETED, State.TRASHED)) {
            versions(job.id, state).forEach(version -> {
                version.trashed(null, false);
                version.state = State.PURGED;
            });
        }
        for (String rows : List.of("TagRow", "HoldRow", "BranchRow", "PolicyRow")) {
            entities.createQuery("delete from " + rows + " e where e.jobId = ?1")
                    .setParameter(1, job.id)
                    .executeUpdate();
        }
    }

    private List<SnapshotRow> versions(String jobId, State state) {
        return entities.createQuery(
                        "select e from SnapshotRow e where e.jobId = ?1 and e.state = ?2", SnapshotRow.class)
                .setParameter(1, jobId)
                .setParameter(2, state)
                .getResultList();
    }

    private BranchRow branch(String jobId, String name) {
        BranchRow branch = entities.find(BranchRow.class, new BranchRow.Key(jobId, name));
        if (branch == null) {
            throw new IllegalStateException("job " + jobId + " has no branch " + name);
        }
        return branch;
    }
}
