package io.strandline.catalog.jpa;

import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.SnapshotChange;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.SnapshotChange.SnapshotDescribed;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.SnapshotChange.SnapshotUndeleted;
import io.strandline.catalog.SnapshotChange.SnapshotVerified;
import io.strandline.catalog.Verification;
import io.strandline.catalog.history.History.HeadEntry.Before;
import io.strandline.catalog.jpa.JpaIndex.Note;
import io.strandline.catalog.ledger.ManifestShelf;
import io.strandline.catalog.rows.FileWrites;
import io.strandline.catalog.rows.Numbering;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.signing.ManifestSignature;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What changes of versions do to the tables. */
final class SnapshotProjection {

    private final EntityManager entities;
    private final Numbering numbering;
    private final ManifestShelf shelf;

    SnapshotProjection(EntityManager entities, Numbering numbering, ManifestShelf shelf) {
        this.entities = entities;
        this.numbering = numbering;
        this.shelf = shelf;
    }

    Note project(SnapshotChange change, @Nullable Manifest manifest, FileWrites files) {
        if (change instanceof SnapshotCompleted completed) {
            return complete(completed, manifest, files);
        }
        if (change instanceof SnapshotDescribed described) {
            return describe(described);
        }
        if (change instanceof SnapshotTrashed trashed) {
            SnapshotRow row = row(trashed.id());
            row.trashed(trashed.trashed(), false);
            return note(row, null);
        }
        if (change instanceof SnapshotUndeleted undeleted) {
            SnapshotRow row = row(undeleted.id());
            row.trashed(null, false);
            return note(row, null);
        }
        if (change instanceof SnapshotPurged purged) {
            return purge(purged.id(), files);
        }
        return judge(change, files);
    }

    private Note complete(SnapshotCompleted completed, @Nullable Manifest manifest, FileWrites files) {
        SnapshotRow row = newRow(completed);
        row.ordinal = numbering.nextOrdinal();
        entities.persist(row);
        Optional<Manifest> content = manifest == null ? shelf.manifest(row.value()) : Optional.of(manifest);
        content.ifPresent(found -> files.name(row.ordinal, found));
        return note(row, completed.movesHead() ? moveHead(completed) : null);
    }

    /** The branch goes on from it; returns what a person's move has replaced. */
    private @Nullable Before moveHead(SnapshotCompleted completed) {
        BranchRow branch = entities.find(BranchRow.class, new BranchRow.Key(completed.jobId(), completed.branch()));
        if (branch == null) {
            throw new IllegalStateException("job " + completed.jobId() + " has no branch " + completed.branch());
        }
        Before before = null;
        if (completed.kind() == SnapshotKind.RESTORED) {
            before = new Before(JsonText.line(branch.line), branch.pipelineVersion);
            branch.pipelineVersion = completed.pipelineVersion();
        }
        branch.headId = completed.id().toString();
        branch.headNumber = completed.number();
        branch.line = JsonText.of(completed.line());
        return before;
    }

    private static SnapshotRow newRow(SnapshotCompleted completed) {
        SnapshotRow row = new SnapshotRow();
        row.id = completed.id().toString();
        row.jobId = completed.jobId();
        row.branch = completed.branch();
        row.number = completed.number();
        row.kind = completed.kind();
        row.mode = completed.mode();
        row.parentId = JsonText.text(completed.parent());
        row.baseId = JsonText.text(completed.base());
        row.revertsToId = JsonText.text(completed.revertsTo());
        row.epoch = completed.epoch();
        row.pipelineVersion = completed.pipelineVersion();
        row.backend = completed.backend();
        row.parallelism = completed.parallelism();
        row.startedAt = completed.startedAt();
        row.completedAt = completed.completedAt();
        row.totalBytes = completed.totalBytes();
        row.newBytes = completed.newBytes();
        row.manifestDigest = completed.manifestDigest();
        row.durable = completed.durable();
        row.labelled(completed.labels());
        row.description = completed.description();
        row.verificationOutcome = Verification.Outcome.UNVERIFIED;
        row.state = State.COMPLETED;
        row.health = Condition.OK;
        row.importedFrom = completed.importedFrom();
        ManifestSignature signature = completed.signature();
        if (signature != null) {
            row.signingKey = signature.keyId();
            row.signature = signature.value();
        }
        return row;
    }

    private Note describe(SnapshotDescribed described) {
        SnapshotRow row = row(described.id());
        Map<String, Object> before = new LinkedHashMap<>();
        before.put("labels", JsonText.labels(row.labels));
        if (row.description != null) {
            before.put("description", row.description);
        }
        row.labelled(described.labels());
        row.description = described.description();
        return note(row, before);
    }

    private Note purge(SnapshotId id, FileWrites files) {
        SnapshotRow row = row(id);
        row.trashed(null, false);
        row.state = State.PURGED;
        files.giveUp(row.ordinal);
        for (String rows : List.of("TagRow", "HoldRow")) {
            entities.createQuery("delete from " + rows + " e where e.snapshotId = ?1")
                    .setParameter(1, row.id)
                    .executeUpdate();
        }
        return note(row, null);
    }

    private Note judge(SnapshotChange change, FileWrites files) {
        if (change instanceof SnapshotVerified verified) {
            SnapshotRow row = row(verified.id());
            Note note = note(row, Map.of("condition", row.health, "outcome", row.verificationOutcome));
            row.verificationLevel = verified.verification().level();
            row.verificationAt = verified.verification().at();
            row.verificationOutcome = verified.verification().outcome();
            row.stateDigest = verified.stateDigest() == null ? row.stateDigest : verified.stateDigest();
            condition(row, verified.condition(), files);
            return note;
        }
        if (change instanceof ConditionChanged changed) {
            SnapshotRow row = row(changed.id());
            Note note = note(row, Map.of("condition", row.health));
            condition(row, changed.condition(), files);
            return note;
        }
        throw new IllegalArgumentException("no table knows what to do with " + change);
    }

    /** What was in memory and is lost holds no files; what has come back holds those of its manifest. */
    private void condition(SnapshotRow row, Condition condition, FileWrites files) {
        row.health = condition;
        if (condition == Condition.LOST && !row.durable) {
            files.giveUp(row.ordinal);
        } else if (condition == Condition.OK && row.state != State.PURGED && !files.namesAny(row.ordinal)) {
            shelf.manifest(row.value()).ifPresent(found -> files.name(row.ordinal, found));
        }
    }

    private SnapshotRow row(SnapshotId id) {
        SnapshotRow row = entities.find(SnapshotRow.class, id.toString());
        if (row == null) {
            throw new IllegalStateException("there is no version " + id);
        }
        return row;
    }

    private static Note note(SnapshotRow row, @Nullable Object before) {
        return new Note(row.jobId, row.branch, "snapshot:" + row.id, before);
    }
}
