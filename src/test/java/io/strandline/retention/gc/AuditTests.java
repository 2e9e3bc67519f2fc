package io.strandline.retention.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Snapshot;
import io.strandline.retention.inventory.AuditFindings;
import io.strandline.retention.inventory.AuditFindings.Kind;
import io.strandline.storage.Blob;
import io.strandline.storage.ManifestName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A look at everything in the store and in the catalog. */
class AuditTests extends CollectorHarness {

    private static final GcOrder AUDIT =
            new GcOrder(GcRun.Mode.AUDIT, false, null, false, GcOrder.Unknown.REPORT, CAUSE);

    @Test
    void findsNothingWrongWhereNothingIs() throws IOException {
        Blob shared = file("shared");
        version(1, shared, file("one"));
        trash(version(2, shared, file("two")));
        List<String> before = tree();

        AuditFindings findings = audit().audit();

        assertThat(findings).isEqualTo(new AuditFindings(2, 3, 0, 0, 0, 0, List.of()));
        assertThat(tree()).isEqualTo(before);
        assertThat(circuit.fault()).isEmpty();
    }

    @Test
    void flagsEveryVersionThatLacksAFile() throws IOException {
        Blob shared = file("shared");
        Snapshot one = version(1, shared);
        Snapshot two = version(2, shared, file("two"));
        Snapshot three = version(3, file("three"));
        Files.delete(blobFile(shared));

        AuditFindings findings = audit().audit();

        assertThat(findings.damagedVersions()).isEqualTo(2);
        assertThat(findings.findings())
                .extracting(AuditFindings.Finding::kind, AuditFindings.Finding::file)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(
                        Kind.DAMAGED, shared.digest().toString()));
        assertThat(List.of(one, two, three))
                .extracting(
                        version -> world.snapshot(version.id()).orElseThrow().condition())
                .containsExactly(Snapshot.Condition.DAMAGED, Snapshot.Condition.DAMAGED, Snapshot.Condition.OK);
    }

    @Test
    void flagsAVersionWhoseManifestIsGoneAsLost() throws IOException {
        Snapshot gone = version(1, file("one"));
        Snapshot broken = version(2, file("two"));
        Files.delete(manifestFile(gone));
        Files.writeString(manifestFile(broken), "{}");

        AuditFindings findings = audit().audit();

        assertThat(findings.lostVersions()).isEqualTo(1);
        assertThat(findings.damagedVersions()).isEqualTo(1);
        assertThat(world.snapshot(gone.id()).orElseThrow().condition()).isEqualTo(Snapshot.Condition.LOST);
        assertThat(world.snapshot(broken.id()).orElseThrow().condition()).isEqualTo(Snapshot.Condition.DAMAGED);
    }

    @Test
    void switchesDeletionOffWhileRowsAndManifestsDiffer() throws IOException {
        Snapshot version = version(1, file("one"));
        version(2, file("two"));
        var rows = world.files(version.id());
        world.loseFileRows(version);

        GcRun run = audit();

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(run.audit().disagreements()).isEqualTo(1);
        assertThat(run.audit().findings())
                .extracting(AuditFindings.Finding::kind)
                .containsExactly(Kind.DISAGREEMENT);
        assertThat(new Circuit(documents).fault()).as("after a restart").isPresent();

        world.put(version, rows.get(0));
        assertThat(audit().outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(circuit.fault()).isEmpty();
    }

    @Test
    void reportsManifestsOfNoVersionAndFilesOfNoManifest() throws IOException {
        version(1, file("one"));
        Blob unknown = file("nobody's");
        store.writeManifest(new ManifestName(job.id(), 99), "left behind".getBytes(StandardCharsets.UTF_8));

        GcRun run = audit();

        assertThat(run.unknownFiles()).isEqualTo(1);
        assertThat(run.unknownBytes()).isEqualTo(unknown.sizeBytes());
        assertThat(run.audit() == null ? -1 : run.audit().strayManifests()).isEqualTo(1);
    }

    private GcRun audit() {
        return collector.run("audit", AUDIT);
    }

    private java.nio.file.Path blobFile(Blob blob) {
        return directory.resolve("blobs/sha256").resolve(blob.digest().hex());
    }
}
