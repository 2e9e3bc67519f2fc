package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.jpa.Database;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.retention.gc.GcRun;
import io.strandline.retention.plan.PlanDriver;
import io.strandline.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Does a script's steps to the server and to the oracle, and holds the two against each other. */
final class World implements AutoCloseable {

    private static final Duration SURE = Duration.ofHours(1);

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;
    private final Checkpoints checkpoints;
    private final Marks marks;
    private final Branches branches;
    private final Invariants invariants;

    World(Path root, Database database) throws IOException {
        this.server = new Server(root, database);
        this.sides = new Sides(server);
        this.oracle = sides.oracle;
        this.checkpoints = new Checkpoints(sides);
        this.marks = new Marks(sides);
        this.branches = new Branches(sides);
        this.invariants = new Invariants(server, oracle);
    }

    void run(List<Step> script) throws IOException {
        perform(new Step(Step.Verb.JOB, 0, 0));
        // a store with files and without any manifest is one that the collector rightly does not trust
        perform(new Step(Step.Verb.CHECKPOINT, 0, 0));
        int done = 0;
        for (Step step : script) {
            keepClearOfEnds();
            perform(step);
            invariants.touched();
            if (++done % 10 == 0) {
                invariants.all(checkpoints.underWay());
            }
        }
        invariants.all(checkpoints.underWay());
        checkpoints.abandon();
        keepClearOfEnds();
        collect(true);
        invariants.nothingTooMuch();
    }

    /** Time goes on while a step is done: nothing may end by itself in the middle of one. */
    private void keepClearOfEnds() {
        Instant now = server.now();
        while (oracle.nextEnd(now)
                .filter(end -> end.isBefore(server.now().plus(SURE)))
                .isPresent()) {
            server.parts.clock.advance(SURE.multipliedBy(2));
            now = server.now();
        }
    }

    private void perform(Step step) throws IOException {
        switch (step.verb()) {
            case JOB -> job();
            case CHECKPOINT -> checkpoints.checkpoint(step);
            case NEW_EPOCH -> Sides.pick(oracle.lines(false), step.first()).ifPresent(checkpoints::newEpoch);
            case STALE_CHECKPOINT -> checkpoints.staleCheckpoint(step);
            case BEGIN_ATTEMPT -> checkpoints.begin(step);
            case END_ATTEMPT -> checkpoints.end();
            case TAG -> marks.tag(step);
            case UNTAG -> marks.untag(step);
            case HOLD -> marks.hold(step);
            case RELEASE -> marks.release(step);
            case DELETE -> delete(step);
            case UNDELETE -> undelete(step);
            case FORK -> branches.fork(step);
            case DELETE_BRANCH -> branches.delete(step);
            case UNDELETE_BRANCH -> branches.undelete(step);
            case MOVE_HEAD -> branches.moveHead(step);
            case PLAN -> plan(step);
            case LOOK -> look(step);
            case COLLECT -> collect(true);
            case COLLECT_WHAT_IS_DUE -> collect(false);
            case PASS_TIME -> server.parts.clock.advance(Duration.ofHours(1 + step.first() % 240));
            case SET_CLOCK_BACK -> server.parts.clock.advance(Duration.ofMinutes(-step.first() % 30));
            case CUT_POWER -> cutPower(false, step);
            case LOSE_CATALOG -> cutPower(true, step);
        }
    }

    private void job() {
        String id = sides.name("job-");
        sides.change(id, new JobCreated(id, id, null, "{}", server.now()));
        oracle.job(id);
    }

    private void delete(Step step) {
        Sides.pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            boolean allowed = version.stage == Stage.COMPLETED && !oracle.isProtected(version.id, server.now());
            boolean done = sides.answered(
                    version.job,
                    () -> server.snapshots.delete(sides.job(version.job), sides.real(version), Sides.ADA),
                    false);
            assertThat(done).as("deleting %s", version).isEqualTo(allowed);
            if (done) {
                trashed(version);
            }
        });
    }

    private void trashed(Version version) {
        version.stage = Stage.TRASHED;
        version.purgeAfter =
                Objects.requireNonNull(sides.real(version).trashed()).purgeAfter();
    }

    private void undelete(Step step) {
        Sides.pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            boolean done = sides.answered(
                    version.job,
                    () -> server.snapshots.undelete(sides.job(version.job), sides.real(version), Sides.ADA),
                    false);
            assertThat(done).as("undeleting %s", version).isEqualTo(version.stage == Stage.TRASHED);
            if (done) {
                version.stage = Stage.COMPLETED;
                server.parts.catalog.holdsOf(SnapshotId.parse(version.id)).forEach(marks::noteHold);
            }
        });
    }

    private void plan(Step step) {
        int last = 1 + step.first() % 6;
        long entries = server.parts.journal.lastSequence();
        PlanDriver.Made plan = server.plans.keepLast(last);
        assertThat(server.parts.journal.lastSequence())
                .as("I7: a plan is only a plan")
                .isEqualTo(entries);
        assertThat(plan.named()).as("what keep.last %s lets go", last).isEqualTo(oracle.expiring(last, server.now()));
        if (step.second() % 4 == 0) {
            marks.tag(new Step(Step.Verb.TAG, step.second(), step.first()));
        }
        Set<String> may = oracle.expiring(last, server.now());
        List<String> gone = plan.apply();
        assertThat(plan.named()).as("I8").containsAll(gone);
        assertThat(gone).as("what went, of what may go").containsExactlyInAnyOrderElementsOf(may);
        gone.forEach(id -> trashed(oracle.versions.get(id)));
    }

    private void look(Step step) {
        long entries = server.parts.journal.lastSequence();
        if (step.first() % 2 == 0) {
            server.plans.keepLast(1 + step.second() % 5);
        } else {
            assertThat(server.collector.dryRun().outcome()).isEqualTo(GcRun.Outcome.DONE);
        }
        assertThat(server.parts.journal.lastSequence()).as("I7").isEqualTo(entries);
    }

    private void collect(boolean early) {
        List<Version> leaving = oracle.leaving(early, server.now());
        GcRun run = early ? server.collector.everything() : server.collector.scheduled();
        assertThat(run.outcome()).as("%s", run).isEqualTo(GcRun.Outcome.DONE);
        leaving.forEach(version -> version.stage = Stage.PURGED);
        assertThat(run.purgedVersions()).isEqualTo(leaving.size());
        leaving.forEach(
                version -> oracle.holds.values().removeIf(mark -> mark.version().equals(version.id)));
    }

    private void cutPower(boolean catalogLost, Step step) throws IOException {
        checkpoints.forget();
        server.cutPower(catalogLost, step.first());
        invariants.all(null);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
