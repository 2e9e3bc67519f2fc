package io.strandline.model;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.jpa.CatalogHarness;
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
import io.strandline.storage.Pin;
import io.strandline.storage.StagedBytes;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A checkpoint under way, as an instance makes one: pins what it reuses, publishes what is new, then commits. */
final class Attempt {

    private static final String MEDIA_TYPE = "application/vnd.strandline.run.flat.v1";

    final String branch;
    final Set<String> files;
    final long number;
    private final String job;
    private final Pin pin;
    private final Staging staging;
    private final @Nullable SnapshotId parent;
    private final long epoch;
    private final List<LineSegment> line;

    /** Begins one that goes on from the branch's head, with some of its files and some new ones. */
    Attempt(CatalogHarness server, Branch on, long epoch, Set<String> reused, Set<String> fresh) throws IOException {
        this.job = on.jobId();
        this.branch = on.name();
        this.parent = on.head();
        this.epoch = epoch;
        this.number = server.ledger.reserveNumber(job);
        this.line = new ArrayList<>(on.line());
        line.add(new LineSegment(branch, number, number));
        this.pin = server.stores
                .durable()
                .pin(reused.stream().map(text -> blob(text).digest()).toList());
        this.staging = server.stores.durable().openStaging(job + "-" + number);
        for (String text : fresh) {
            StagedBytes.publish(staging, text, text);
        }
        this.files = new TreeSet<>(reused);
        files.addAll(fresh);
    }

    /** Commits it; {@code epochUsed} tells what it says its epoch is. */
    CommitResult commit(CatalogHarness server, long epochUsed) throws IOException {
        Instant at = server.clock.instant();
        Manifest manifest = manifest(server.clock.ids.nextSnapshotId(), epochUsed, at);
        Manifests manifests = new Manifests(server.stores.durable());
        SnapshotCompleted completed =
                completed(manifest, manifests.digest(manifest).toString());
        return server.ledger.commit(
                new Ledger.Commit(completed, manifest, CatalogHarness.writing(manifests, manifest), null),
                Cause.system("checkpoint"));
    }

    private Manifest manifest(SnapshotId id, long epochUsed, Instant at) {
        return new Manifest(
                id,
                job,
                job,
                branch,
                SnapshotKind.PERIODIC,
                parent,
                parent,
                null,
                epochUsed,
                1,
                at,
                at,
                line,
                content(),
                null,
                null);
    }

    private static SnapshotCompleted completed(Manifest manifest, String digest) {
        return new SnapshotCompleted(
                manifest.id(),
                manifest.jobId(),
                manifest.branch(),
                manifest.number(),
                manifest.kind(),
                SnapshotMode.INCREMENTAL,
                manifest.parent(),
                manifest.base(),
                null,
                manifest.epoch(),
                manifest.pipelineVersion(),
                "rocksdb",
                1,
                manifest.startedAt(),
                manifest.completedAt(),
                0,
                0,
                digest,
                true,
                Map.of(),
                null,
                manifest.line(),
                null,
                null);
    }

    CommitResult commit(CatalogHarness server) throws IOException {
        return commit(server, epoch);
    }

    /** Lets go of what it holds. */
    void close(boolean committed) throws IOException {
        if (committed) {
            staging.committed();
        }
        staging.close();
        pin.close();
    }

    static Blob blob(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Blob(MEDIA_TYPE, io.strandline.storage.Digest.ofBytes(bytes), bytes.length);
    }

    private SnapshotContent content() {
        List<Run> runs = new ArrayList<>();
        for (String text : files) {
            runs.add(new Run(number, runs.size(), new KeyGroupRange(0, 127), 1, 0, blob(text)));
        }
        StateSchema schema = new StateSchema(
                "counts",
                StateSchema.Form.KEYED,
                List.of(new Column("key", ColumnType.STRING)),
                false,
                List.of(new Column("count", ColumnType.LONG)));
        OperatorContent operator = new OperatorContent("by-key", 0, List.of(new StateContent(schema, runs)));
        return new SnapshotContent(
                number, SnapshotMode.INCREMENTAL, "rocksdb", 1, 128, List.of(), List.of(operator), 0);
    }
}
