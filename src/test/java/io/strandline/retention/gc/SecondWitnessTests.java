package io.strandline.retention.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What makes garbage collection stop and delete nothing. */
class SecondWitnessTests extends CollectorHarness {

    @Test
    void takesACondemnedFileThatWasWrittenAnewForNoDisagreement() throws IOException {
        Blob own = file("own");
        trash(version(1, own));
        version(2, file("other"));
        collector.run("r1", new GcOrder(GcRun.Mode.DELETE, true, null, false, GcOrder.Unknown.IGNORE, CAUSE));
        version(3, file("own"));

        GcRun run = collector.run("r2", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.sizeOf(own.digest())).isPresent();
    }

    @Test
    void unlinksNothingWhenAManifestNamesWhatTheRowsDoNot() throws IOException {
        Blob lost = file("rows lost");
        Snapshot victim = version(1, lost);
        Snapshot garbage = version(2, lost, file("garbage"));
        version(3, file("other"));
        world.loseFileRows(victim);
        trash(garbage);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(run.detail()).contains("names " + lost.digest());
        assertThat(run.freedBytes()).isZero();
        assertThat(store.sizeOf(lost.digest()))
                .as("it came back from quarantine")
                .isPresent();
        assertThat(circuit.fault()).isPresent();
        assertThat(catchThrowableOfType(StrandlineException.class, () -> collector.run("r2", NOW))
                        .code())
                .isEqualTo(ErrorCode.CIRCUIT_OPEN);
    }

    @Test
    void readsNothingAgainThatItHeardAheadButWhatMayNameASuspect() throws IOException {
        Blob own = file("own");
        version(1, own);
        version(2, file("other"));
        AtomicInteger reads = new AtomicInteger();
        SnapshotStore counting = counting(store, reads);
        SecondWitness witness = new SecondWitness(world.as(Catalog.class), world.as(Housekeeping.class));
        witness.hearAhead(counting);
        assertThat(reads).hasValue(2);

        witness.hear(counting, Set.of(Digest.ofBytes(new byte[1])));
        assertThat(reads).hasValue(2);

        assertThatThrownBy(() -> witness.hear(counting, Set.of(own.digest()))).isInstanceOf(WitnessException.class);
        assertThat(reads).hasValue(3);
    }

    @Test
    void leavesToTheWalkWhatItCouldNotReadAhead() throws IOException {
        Snapshot unreadable = version(1, file("own"));
        Files.writeString(manifestFile(unreadable), "{");
        SecondWitness witness = new SecondWitness(world.as(Catalog.class), world.as(Housekeeping.class));
        witness.hearAhead(store);

        assertThatThrownBy(() -> witness.hear(store, Set.of(Digest.ofBytes(new byte[1]))))
                .isInstanceOf(WitnessException.class);
    }

    private static SnapshotStore counting(SnapshotStore real, AtomicInteger reads) {
        return (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("readManifest")) {
                        reads.incrementAndGet();
                    }
                    return method.invoke(real, args);
                });
    }

    @Test
    void unlinksNothingWhenAManifestCannotBeRead() throws IOException {
        trash(version(1, file("own")));
        Snapshot unreadable = version(2, file("other"));
        Files.writeString(manifestFile(unreadable), "{");

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(run.deletedFiles()).isZero();
        assertThat(store.quarantined()).hasSize(1);
    }

    @Test
    void doesNotMindADamagedManifestOfAPurgedVersion() throws IOException {
        Blob own = file("own");
        Blob orphan = file("of the purged one");
        Snapshot purged = version(1, orphan);
        Snapshot garbage = version(2, own);
        version(3, file("of the head"));
        trash(purged);
        new Purger(world.as(Catalog.class), world.as(Housekeeping.class), world.as(Ledger.class), clock)
                .purge(job.id(), List.of(purged), true, CAUSE);
        Files.writeString(manifestFile(purged), "{");
        trash(garbage);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(run.freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(circuit.fault()).isEmpty();
        assertThat(manifestFile(purged)).doesNotExist();
        assertThat(store.sizeOf(orphan.digest()))
                .as("nobody can tell that only it named the file")
                .isPresent();
    }

    @Test
    void takesTheRowsOfAVersionKnownToBeDamaged() throws IOException {
        Blob own = file("own");
        Blob damagedOnes = file("damaged one's");
        trash(version(1, own));
        Snapshot damaged = version(2, damagedOnes);
        Files.writeString(manifestFile(damaged), "{");
        world.damage(damaged);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(run.freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.sizeOf(damagedOnes.digest())).isPresent();
    }

    @Test
    void unlinksNothingWhenNoManifestIsLeftButFilesAre() throws IOException {
        version(1, file("own"));
        file("of nobody");
        world.trash(job, clock.instant());

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(run.detail()).contains("no manifest at all");
    }

    @Test
    void closesTheCircuitAfterACleanDryRun() throws IOException {
        trash(version(1, file("own")));
        Snapshot unreadable = version(2, file("other"));
        byte[] good = Files.readAllBytes(manifestFile(unreadable));
        Files.writeString(manifestFile(unreadable), "{");
        collector.run("r1", NOW);

        assertThat(collector.run("r2", DRY).outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        Files.write(manifestFile(unreadable), good);
        assertThat(collector.run("r3", DRY).outcome()).isEqualTo(GcRun.Outcome.DONE);

        assertThat(collector.run("r4", NOW).deletedFiles()).isEqualTo(1);
    }

    /** The first witness is wrong about one version, and the walk leaves its manifest out: only then is its file gone. */
    @Test
    void noticesWhenTheWalkForgetsForks() throws IOException {
        Blob shared = file("of a fork");
        Snapshot fork = version(1, shared);
        Snapshot garbage = version(2, shared);
        version(3, file("of the head"));
        world.loseFileRows(fork);
        trash(garbage);

        collectorOver(without(store, fork)).run("r", NOW);

        assertThat(store.sizeOf(shared.digest()))
                .as("what the planted bug destroys")
                .isEmpty();
        assertThat(world.stateOf(fork)).isEqualTo(Snapshot.State.COMPLETED);
    }

    /** The same where the manifest cannot be read, and the walk goes on as if it were not there. */
    @Test
    void noticesWhenTheWalkSwallowsAnError() throws IOException {
        Blob shared = file("of the unreadable one");
        Snapshot unreadable = version(1, shared);
        Snapshot garbage = version(2, shared);
        version(3, file("of the head"));
        world.loseFileRows(unreadable);
        Files.writeString(manifestFile(unreadable), "{");
        trash(garbage);

        GcRun honest = collector.run("r", NOW);
        assertThat(honest.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(honest.deletedFiles()).isZero();

        circuit.close();
        collectorOver(without(store, unreadable)).run("r", NOW);
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.sizeOf(shared.digest()))
                .as("what the planted bug destroys")
                .isEmpty();
    }

    /** A store whose list of manifests leaves one out. */
    private static SnapshotStore without(SnapshotStore real, Snapshot version) {
        return (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("manifests")) {
                        return real.manifests().stream()
                                .filter(name -> name.number() != version.number())
                                .toList();
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
