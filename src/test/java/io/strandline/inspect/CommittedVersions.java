package io.strandline.inspect;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBytes;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Commits versions of one operator {@code by-origin} with one state {@code aggregates} whose runs are given as texts. */
final class CommittedVersions {

    static final Instant AT = Instant.parse("2026-08-01T12:00:00Z");

    private final SnapshotStore store;

    CommittedVersions(SnapshotStore store) {
        this.store = store;
    }

    /** Writes files and manifest, and answers with the row a catalog would have. */
    Snapshot commit(long number, String... runs) throws IOException {
        Manifest manifest = manifest(number, stage(number, runs));
        return row(manifest, new Manifests(store).write(manifest));
    }

    private List<Run> stage(long number, String... texts) throws IOException {
        List<Run> runs = new ArrayList<>();
        try (Staging staging = store.openStaging("1-" + number)) {
            for (String text : texts) {
                Blob blob = StagedBytes.publish(staging, "run-" + runs.size(), text);
                runs.add(new Run(number, runs.size(), new KeyGroupRange(0, 127), 1, 0, blob));
            }
            staging.committed();
        }
        return runs;
    }

    private static Manifest manifest(long number, List<Run> runs) {
        StateSchema schema = new StateSchema(
                "aggregates",
                StateSchema.Form.KEYED,
                List.of(new Column("origin", ColumnType.STRING)),
                false,
                List.of(new Column("count", ColumnType.LONG)));
        return new Manifest(
                new SnapshotId(new UUID(7, number)),
                "job-1",
                "flights",
                "main",
                SnapshotKind.PERIODIC,
                null,
                null,
                null,
                1,
                1,
                AT,
                AT,
                List.of(new LineSegment("main", 1, number)),
                new SnapshotContent(
                        number,
                        SnapshotMode.INCREMENTAL,
                        "filesystem",
                        1,
                        128,
                        List.of(),
                        List.of(new OperatorContent("by-origin", 0, List.of(new StateContent(schema, runs)))),
                        0),
                null,
                null);
    }

    private static Snapshot row(Manifest manifest, Digest digest) {
        return new Snapshot(
                manifest.id(),
                manifest.jobId(),
                manifest.branch(),
                manifest.number(),
                manifest.kind(),
                manifest.content().mode(),
                manifest.parent(),
                manifest.base(),
                manifest.revertsTo(),
                manifest.epoch(),
                manifest.pipelineVersion(),
                manifest.content().backend(),
                manifest.content().parallelism(),
                manifest.startedAt(),
                manifest.completedAt(),
                manifest.content().totalBytes(),
                0,
                digest.toString(),
                null,
                true,
                Map.of(),
                null,
                Verification.NONE,
                Snapshot.State.COMPLETED,
                Snapshot.Condition.OK,
                null,
                null,
                null);
    }
}
