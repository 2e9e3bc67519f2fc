package io.strandline.catalog.jpa;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.Verification;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.Verification.Outcome;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.signing.ManifestSignature;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A version. */
@Entity
@Table(name = "snapshot")
class SnapshotRow {

    private static final int LABEL_NAME = 200;

    @Id
    String id;

    /** Its number in other tables of this catalog. */
    long ordinal;

    String jobId;

    String branch;

    long number;

    @Enumerated(EnumType.STRING)
    SnapshotKind kind;

    @Enumerated(EnumType.STRING)
    SnapshotMode mode;

    @Nullable
    String parentId;

    @Nullable
    String baseId;

    @Nullable
    String revertsToId;

    long epoch;

    int pipelineVersion;

    String backend;

    int parallelism;

    Instant startedAt;

    Instant completedAt;

    long totalBytes;

    long newBytes;

    String manifestDigest;

    @Nullable
    String stateDigest;

    boolean durable;

    String labels;

    @Nullable
    String description;

    @Enumerated(EnumType.STRING)
    @Nullable
    Level verificationLevel;

    @Nullable
    Instant verificationAt;

    @Enumerated(EnumType.STRING)
    Outcome verificationOutcome;

    @Enumerated(EnumType.STRING)
    State state;

    @Enumerated(EnumType.STRING)
    Condition health;

    @Nullable
    Instant trashedAt;

    @Nullable
    Instant purgeAfter;

    boolean trashedWithJob;

    @Nullable
    String importedFrom;

    @Nullable
    String signingKey;

    @Nullable
    String signature;

    /** The labels again, one a row, to search by; never read through the entity. */
    @ElementCollection
    @CollectionTable(name = "snapshot_label", joinColumns = @JoinColumn(name = "snapshot_id"))
    @MapKeyColumn(name = "label_name")
    @Column(name = "label_value")
    Map<String, String> labelRows = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    SnapshotRow() {}

    Snapshot value() {
        return new Snapshot(
                SnapshotId.parse(id),
                jobId,
                branch,
                number,
                kind,
                mode,
                JsonText.id(parentId),
                JsonText.id(baseId),
                JsonText.id(revertsToId),
                epoch,
                pipelineVersion,
                backend,
                parallelism,
                startedAt,
                completedAt,
                totalBytes,
                newBytes,
                manifestDigest,
                stateDigest,
                durable,
                JsonText.labels(labels),
                description,
                new Verification(verificationLevel, verificationAt, verificationOutcome),
                state,
                health,
                trashedAt == null || purgeAfter == null ? null : new Trashed(trashedAt, purgeAfter),
                importedFrom,
                signingKey == null || signature == null ? null : new ManifestSignature(signingKey, signature));
    }

    /** In an order that an index has: of one state, as most lists are, or of all. */
    static Queries.Select<SnapshotRow> inStates(Queries.Select<SnapshotRow> select, Set<State> states) {
        if (states.size() == 1) {
            return select.and("e.state = ?", states.iterator().next()).orderBy("e.jobId, e.state, e.number desc");
        }
        return select.and("e.state in ?", states.isEmpty() ? null : states).orderBy("e.jobId, e.number desc");
    }

    void labelled(Map<String, String> newLabels) {
        labels = JsonText.of(newLabels);
        labelRows.clear();
        newLabels.forEach((name, value) -> labelRows.put(searchable(name), value));
    }

    /** As much of a label's name as its column holds. */
    static String searchable(String name) {
        return name.length() <= LABEL_NAME ? name : name.substring(0, LABEL_NAME);
    }

    void trashed(@Nullable Trashed trashed, boolean withJob) {
        state = trashed == null ? State.COMPLETED : State.TRASHED;
        trashedAt = trashed == null ? null : trashed.at();
        purgeAfter = trashed == null ? null : trashed.purgeAfter();
        trashedWithJob = withJob;
    }
}
