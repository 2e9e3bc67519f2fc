package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Hold;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.retention.gc.GcRun;
import io.strandline.retention.plan.PlanDriver;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The steps by which versions go: into the trash and out of it, by plans, and for good with their files. */
final class Trash {

    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Set<SnapshotKind> BRIEF = Set.of(SnapshotKind.PERIODIC, SnapshotKind.SAFETY);

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;

    Trash(Sides sides) {
        this.sides = sides;
        this.server = sides.server;
        this.oracle = sides.oracle;
    }

    void delete(Step step) {
        Sides.pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            boolean allowed = version.stage == Stage.COMPLETED && !oracle.isProtected(version.id, server.now());
            boolean done = sides.answered(
                    () -> server.snapshots.snapshots().delete(sides.job(version.job), sides.real(version), Sides.ADA),
                    false);
            assertThat(done).as("deleting %s", version).isEqualTo(allowed);
            if (done) {
                sides.trashed(version, WINDOW);
            }
        });
    }

    void undelete(Step step) {
        Sides.pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            boolean done = sides.answered(
                    () -> server.snapshots.snapshots().undelete(sides.job(version.job), sides.real(version), Sides.ADA),
                    false);
            assertThat(done).as("undeleting %s", version).isEqualTo(version.stage == Stage.TRASHED);
            if (done) {
                version.stage = Stage.COMPLETED;
                server.parts.catalog.holdsOf(SnapshotId.parse(version.id)).stream()
                        .filter(hold -> hold.kind() == Hold.Kind.USER)
                        .forEach(sides::note);
            }
        });
    }

    /** Makes a plan, lets something happen, now and then, and applies it. */
    void plan(Step step, Consumer<Step> meanwhile) {
        int last = 1 + step.first() % 6;
        long entries = server.parts.journal.lastSequence();
        PlanDriver.Made plan = server.plans.keepLast(last);
        assertThat(server.parts.journal.lastSequence())
                .as("I7: a plan is only a plan")
                .isEqualTo(entries);
        assertThat(plan.named()).as("what keep.last %s lets go", last).isEqualTo(oracle.expiring(last, server.now()));
        if (step.second() % 4 == 0) {
            meanwhile.accept(new Step(Step.Verb.TAG, step.second(), step.first()));
        }
        Set<String> may = oracle.expiring(last, server.now());
        List<String> gone = plan.apply();
        assertThat(plan.named()).as("I8").containsAll(gone);
        assertThat(gone).as("what went, of what may go").containsExactlyInAnyOrderElementsOf(may);
        gone.stream().map(oracle::version).forEach(version -> sides.trashed(version, window(version)));
    }

    /** What nobody asked for goes sooner when a policy lets it go. */
    private Duration window(Version version) {
        return BRIEF.contains(sides.real(version).kind()) ? Duration.ofHours(1) : WINDOW;
    }

    void look(Step step) {
        long entries = server.parts.journal.lastSequence();
        if (step.first() % 2 == 0) {
            server.plans.keepLast(1 + step.second() % 5);
        } else {
            assertThat(server.collector.dryRun().outcome()).isEqualTo(GcRun.Outcome.DONE);
        }
        assertThat(server.parts.journal.lastSequence()).as("I7").isEqualTo(entries);
    }

    void collect(boolean early) {
        List<Version> leaving = oracle.leaving(early, server.now());
        GcRun run = early ? server.collector.everything() : server.collector.scheduled();
        assertThat(run.outcome()).as("%s", run).isEqualTo(GcRun.Outcome.DONE);
        leaving.forEach(version -> version.stage = Stage.PURGED);
        assertThat(run.purgedVersions()).isEqualTo(leaving.size());
        oracle.purgeBranches(early, server.now());
        leaving.forEach(
                version -> oracle.holds.values().removeIf(mark -> mark.version().equals(version.id)));
    }

    /** Somebody brings a file back from quarantine, which harms nobody. */
    void release(Step step) throws IOException {
        Optional<StoredBlob> file = Sides.pick(server.parts.stores.durable().quarantined(), step.first());
        if (file.isPresent()) {
            assertThat(server.parts.stores.durable().release(file.get().digest()))
                    .isTrue();
        }
    }
}
