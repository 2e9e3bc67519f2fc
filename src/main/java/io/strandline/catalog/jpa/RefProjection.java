package io.strandline.catalog.jpa;

import io.strandline.catalog.Change;
import io.strandline.catalog.OperationChange;
import io.strandline.catalog.OperationChange.OperationAccepted;
import io.strandline.catalog.OperationChange.OperationEnded;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.Policy;
import io.strandline.catalog.PolicyChange.PolicyDeleted;
import io.strandline.catalog.PolicyChange.PolicySaved;
import io.strandline.catalog.RefChange;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.BranchProtected;
import io.strandline.catalog.RefChange.BranchPurged;
import io.strandline.catalog.RefChange.BranchTrashed;
import io.strandline.catalog.RefChange.BranchUndeleted;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.RefChange.SinksChosen;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.Tag;
import io.strandline.catalog.history.History.HeadEntry.Before;
import io.strandline.catalog.jpa.JpaIndex.Note;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What changes of branches, names, holds, policies and operations do to the tables. */
final class RefProjection {

    private final EntityManager entities;
    private final JdbcTemplate sql;

    RefProjection(EntityManager entities, JdbcTemplate sql) {
        this.entities = entities;
        this.sql = sql;
    }

    Note project(RefChange change) {
        if (change instanceof TagCreated created) {
            return tag(created.tag());
        }
        if (change instanceof TagDeleted deleted) {
            @Nullable TagRow row = entities.find(TagRow.class, new TagRow.Key(deleted.jobId(), deleted.name()));
            Note note = new Note(deleted.jobId(), "tag:" + deleted.name(), row == null ? null : row.value());
            remove(row);
            return note;
        }
        if (change instanceof HoldPlaced placed) {
            entities.persist(HoldRow.of(placed.hold()));
            return new Note(placed.hold().jobId(), "hold:" + placed.hold().id(), null);
        }
        if (change instanceof HoldReleased released) {
            @Nullable HoldRow row = entities.find(HoldRow.class, released.holdId());
            Note note = new Note(released.jobId(), "hold:" + released.holdId(), row == null ? null : row.value());
            remove(row);
            return note;
        }
        return projectBranch(change);
    }

    private Note projectBranch(RefChange change) {
        if (change instanceof BranchCreated created) {
            return create(created);
        }
        if (change instanceof HeadMoved moved) {
            return move(moved);
        }
        if (change instanceof BranchProtected guarded) {
            BranchRow row = branch(guarded.jobId(), guarded.name());
            Note note = note(row, Map.of("protection", row.value().protection()));
            row.protect(guarded.protection());
            return note;
        }
        if (change instanceof SinksChosen chosen) {
            BranchRow row = branch(chosen.jobId(), chosen.branch());
            Note note = note(row, Map.of("sinks", row.value().sinks()));
            row.sinks = JsonText.ofSinks(chosen.sinks());
            chosen.sinks().values().stream()
                    .flatMap(choice -> Stream.ofNullable(choice.path()))
                    .forEach(path -> keepPlace(chosen.jobId(), path));
            return note;
        }
        if (change instanceof BranchTrashed trashed) {
            BranchRow row = branch(trashed.jobId(), trashed.name());
            row.trashed(trashed.trashed());
            return note(row, null);
        }
        if (change instanceof BranchUndeleted undeleted) {
            BranchRow row = branch(undeleted.jobId(), undeleted.name());
            row.trashed(null);
            return note(row, null);
        }
        if (change instanceof BranchPurged purged) {
            return purge(branch(purged.jobId(), purged.name()));
        }
        throw unknown(change);
    }

    /** What was the branch's alone goes with it, and a later branch of the name has nothing to do with its runs. */
    private Note purge(BranchRow row) {
        Note note = note(row, row.value());
        for (String rows : List.of("HeadMoveRow", "PolicyRow")) {
            entities.createQuery("delete from " + rows + " e where e.jobId = ?1 and e.branch = ?2")
                    .setParameter(1, row.jobId)
                    .setParameter(2, row.name)
                    .executeUpdate();
        }
        entities.createQuery("update InstanceRow e set e.branchPurged = true where e.jobId = ?1 and e.branch = ?2")
                .setParameter(1, row.jobId)
                .setParameter(2, row.name)
                .executeUpdate();
        entities.remove(row);
        return note;
    }

    /** Remembers where sinks of a job have written, for as long as there is the job. */
    private void keepPlace(String jobId, String path) {
        sql.update(
                "insert into output_place (job_id, path) select j.id, ? from job j where j.id = ? and not exists"
                        + " (select 1 from output_place p where p.job_id = ? and p.path = ?)",
                path,
                jobId,
                jobId,
                path);
    }

    private static Note note(BranchRow row, @Nullable Object before) {
        return new Note(row.jobId, row.name, "branch:" + row.name, before);
    }

    private Note create(BranchCreated created) {
        BranchRow row =
                BranchRow.born(created.jobId(), created.name(), created.pipelineVersion(), created.protection());
        row.forkedFrom(created.forkedFrom());
        row.headId = created.forkedFrom().snapshot().toString();
        row.headNumber = created.forkedFrom().number();
        row.line = JsonText.of(created.line());
        entities.persist(row);
        return note(row, null);
    }

    private BranchRow branch(String jobId, String name) {
        BranchRow branch = entities.find(BranchRow.class, new BranchRow.Key(jobId, name));
        if (branch == null) {
            throw new IllegalStateException("job " + jobId + " has no branch " + name);
        }
        return branch;
    }

    private void remove(@Nullable Object row) {
        if (row != null) {
            entities.remove(row);
        }
    }

    private Note move(HeadMoved moved) {
        BranchRow branch = branch(moved.jobId(), moved.branch());
        Before before = new Before(JsonText.line(branch.line), branch.pipelineVersion);
        branch.headId = JsonText.text(moved.to());
        branch.headNumber = moved.toNumber();
        branch.line = JsonText.of(moved.line());
        if (moved.pipelineVersion() != null) {
            branch.pipelineVersion = moved.pipelineVersion();
        }
        return note(branch, before);
    }

    /** An expired tag of the name makes way; a live one is for the constraint to refuse. */
    private Note tag(Tag tag) {
        @Nullable TagRow old = entities.find(TagRow.class, new TagRow.Key(tag.jobId(), tag.name()));
        if (old != null && old.expiresAt != null && !old.expiresAt.isAfter(tag.createdAt())) {
            entities.remove(old);
            entities.flush();
        }
        if (old != null) {
            entities.detach(old);
        }
        entities.persist(TagRow.of(tag));
        return new Note(tag.jobId(), "tag:" + tag.name(), null);
    }

    Note projectPolicy(Change change) {
        if (change instanceof PolicySaved saved) {
            Policy policy = saved.policy();
            PolicyRow row = entities.find(PolicyRow.class, PolicyRow.key(policy.owner()));
            @Nullable Object before = row == null ? null : row.value();
            if (row == null) {
                row = new PolicyRow();
                row.levelKey = PolicyRow.key(policy.owner());
            }
            row.jobId = policy.jobId();
            row.branch = policy.branch();
            row.document = policy.document();
            row.version = policy.version();
            row.savedAt = policy.savedAt();
            row.savedBy = policy.savedBy();
            entities.persist(row);
            return new Note(policy.jobId(), "policy:" + row.levelKey, before);
        }
        if (change instanceof PolicyDeleted deleted) {
            String key = PolicyRow.key(new Policy.Owner(deleted.jobId(), deleted.branch()));
            @Nullable PolicyRow row = entities.find(PolicyRow.class, key);
            Note note = new Note(deleted.jobId(), "policy:" + key, row == null ? null : row.value());
            remove(row);
            return note;
        }
        throw unknown(change);
    }

    Note project(OperationChange change) {
        if (change instanceof OperationAccepted accepted) {
            OperationRow row = new OperationRow();
            row.id = accepted.id();
            row.type = accepted.type();
            row.jobId = accepted.jobId();
            row.request = accepted.request();
            row.actor = accepted.actor();
            row.acceptedAt = accepted.at();
            entities.persist(row);
            return new Note(row.jobId, "operation:" + row.id, null);
        }
        if (change instanceof OperationEnded ended) {
            OperationRow row = entities.find(OperationRow.class, ended.id());
            if (row == null) {
                throw new IllegalStateException("operation " + ended.id() + " ended and was never accepted");
            }
            row.state = ended.state();
            row.result = ended.result();
            row.problem = ended.problem();
            row.endedAt = ended.at();
            return new Note(row.jobId, "operation:" + row.id, null);
        }
        if (change instanceof RequestAnswered answered) {
            return answer(answered);
        }
        throw unknown(change);
    }

    private Note answer(RequestAnswered answered) {
        AnswerRow row = entities.find(AnswerRow.class, answered.key());
        if (row == null) {
            row = new AnswerRow();
            row.requestKey = answered.key();
        }
        row.fingerprint = answered.fingerprint();
        row.status = answered.status();
        row.headers = answered.headers();
        row.body = answered.body();
        row.expiresAt = answered.expiresAt();
        entities.persist(row);
        return new Note(null, "request:" + answered.key(), null);
    }

    private static IllegalArgumentException unknown(Change change) {
        return new IllegalArgumentException("no table knows what to do with " + change);
    }
}
