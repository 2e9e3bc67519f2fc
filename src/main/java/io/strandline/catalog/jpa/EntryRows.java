package io.strandline.catalog.jpa;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Cause.RequestKey;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.history.History.HeadEntry.Before;
import io.strandline.catalog.journal.ChangeCodec;
import io.strandline.catalog.journal.ChangePlace;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.jpa.JpaIndex.Note;
import io.strandline.snapshot.SnapshotKind;
import jakarta.persistence.EntityManager;
import java.util.List;

/** The rows that only a sealed entry can tell: the audit, where heads have been, what requests with a key have changed. */
final class EntryRows {

    private static final int LONGEST_TOLD = 500_000;

    private final EntityManager entities;
    private final ChangeCodec codec = new ChangeCodec();

    EntryRows(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Writes an entry's.
     *
     * @param notes what each of its changes is told as
     */
    void add(JournalEntry entry, List<Note> notes) {
        for (int i = 0; i < entry.changes().size(); i++) {
            long place = ChangePlace.of(entry.sequence(), i);
            audit(entry, place, entry.changes().get(i), notes.get(i));
            headMove(entry, place, entry.changes().get(i), notes.get(i));
            effect(entry, place, entry.changes().get(i), notes.get(i));
        }
    }

    private void effect(JournalEntry entry, long place, Change change, Note note) {
        RequestKey request = entry.cause().request();
        if (request == null) {
            return;
        }
        EffectRow row = new EffectRow();
        row.sequence = place;
        row.requestKey = request.key();
        row.fingerprint = request.fingerprint();
        row.action = codec.name(change);
        row.jobId = note.jobId();
        row.subject = note.subject();
        row.expiresAt = request.expiresAt();
        entities.persist(row);
    }

    private void audit(JournalEntry entry, long place, Change change, Note note) {
        if (change instanceof NumbersReserved || change instanceof RequestAnswered) {
            return;
        }
        Cause cause = entry.cause();
        AuditRow row = new AuditRow();
        row.sequence = place;
        row.at = entry.at();
        row.action = codec.name(change);
        row.jobId = note.jobId();
        row.branch = note.branch();
        row.subject = note.subject();
        row.actor = cause.actor();
        row.requestId = cause.requestId();
        row.operationId = cause.operationId();
        row.reason = cause.reason();
        row.beforeJson = note.before() == null ? null : told(note.before());
        row.afterJson = told(change);
        entities.persist(row);
    }

    /** A value as the audit tells it; what is very long is in the journal only. */
    private String told(Object value) {
        String text = codec.text(value);
        return text.length() <= LONGEST_TOLD ? text : "{\"tooLong\":" + text.length() + "}";
    }

    private void headMove(JournalEntry entry, long place, Change change, Note note) {
        HeadMoveRow row = new HeadMoveRow();
        if (change instanceof BranchCreated created) {
            row.jobId = created.jobId();
            row.branch = created.name();
            row.toId = created.forkedFrom().snapshot().toString();
            row.toNumber = created.forkedFrom().number();
            row.verb = "FORK";
        } else if (change instanceof HeadMoved moved) {
            row.jobId = moved.jobId();
            row.branch = moved.branch();
            row.fromId = JsonText.text(moved.from());
            row.toId = JsonText.text(moved.to());
            row.toNumber = moved.toNumber();
            row.verb = moved.verb();
            row.toPipeline = moved.pipelineVersion();
        } else if (change instanceof SnapshotCompleted completed && completed.movesHead()) {
            row.jobId = completed.jobId();
            row.branch = completed.branch();
            row.fromId = JsonText.text(completed.parent());
            row.toId = completed.id().toString();
            row.toNumber = completed.number();
            row.verb = completed.kind() == SnapshotKind.RESTORED ? "REVERT" : JpaIndex.CHECKPOINT;
            row.toPipeline = completed.pipelineVersion();
        } else {
            return;
        }
        if (note.before() instanceof Before before) {
            row.fromLine = JsonText.of(before.line());
            row.fromPipeline = before.pipelineVersion();
        }
        Cause cause = entry.cause();
        row.sequence = place;
        row.at = entry.at();
        row.actor = cause.actor();
        row.requestId = cause.requestId();
        row.operationId = cause.operationId();
        row.reason = cause.reason();
        entities.persist(row);
    }
}
