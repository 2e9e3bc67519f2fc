package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.BranchTrashed;
import io.strandline.catalog.RefChange.BranchUndeleted;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.jpa.Database;
import io.strandline.catalog.lookup.Revision;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Mark;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.gc.GcRun;
import io.strandline.retention.plan.PlanDriver;
import io.strandline.snapshot.SnapshotId;
import io.strandline.version.HoldRequest;
import io.strandline.version.TagRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Does a script's steps to the server and to the oracle, and holds the two against each other. */
final class World implements AutoCloseable {

    private static final Cause ADA = new Cause("ada", "request", null, "why");
    private static final Duration SURE = Duration.ofHours(1);

    private final Server server;
    private final Oracle oracle = new Oracle();
    private final Invariants invariants;
    private @Nullable Attempt open;
    private int made;

    World(Path root, Database database) throws IOException {
        this.server = new Server(root, database);
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
                invariants.all(open);
            }
        }
        invariants.all(open);
        abandon();
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
            case CHECKPOINT -> checkpoint(step);
            case NEW_EPOCH -> pick(oracle.lines(false), step.first()).ifPresent(this::newEpoch);
            case STALE_CHECKPOINT -> staleCheckpoint(step);
            case BEGIN_ATTEMPT -> begin(step);
            case END_ATTEMPT -> end();
            case TAG -> tag(step);
            case UNTAG -> untag(step);
            case HOLD -> hold(step);
            case RELEASE -> release(step);
            case DELETE -> delete(step);
            case UNDELETE -> undelete(step);
            case FORK -> fork(step);
            case DELETE_BRANCH -> deleteBranch(step);
            case UNDELETE_BRANCH -> undeleteBranch(step);
            case MOVE_HEAD -> moveHead(step);
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
        String id = "job-" + made++;
        change(id, new JobCreated(id, id, null, "{}", server.now()));
        oracle.job(id);
    }

    private void checkpoint(Step step) throws IOException {
        Optional<Line> line = pick(oracle.lines(false), step.first());
        if (line.isPresent()) {
            Attempt attempt = attempt(line.get(), step.second());
            boolean committed = finish(attempt, line.get());
            assertThat(committed)
                    .as("a checkpoint of the branch's own instance")
                    .isTrue();
        }
    }

    private Attempt attempt(Line line, int choice) throws IOException {
        if (line.epoch == 0) {
            newEpoch(line);
        }
        Set<String> reused = new TreeSet<>();
        if (line.head != null) {
            oracle.versions.get(line.head).files.stream().skip(choice % 3).forEach(reused::add);
        }
        Set<String> fresh = new TreeSet<>();
        for (int i = 0; i <= choice % 2; i++) {
            fresh.add("file-" + made++);
        }
        return new Attempt(server.parts, branch(line), line.epoch, reused, fresh);
    }

    private boolean finish(Attempt attempt, Line line) throws IOException {
        @Nullable String parent = line.head;
        CommitResult result = attempt.commit(server.parts);
        boolean committed = result instanceof CommitResult.Committed;
        if (result instanceof CommitResult.Committed done) {
            oracle.completed(
                    new Version(done.id().toString(), line.job, line.name, attempt.number, parent, attempt.files));
        }
        attempt.close(committed);
        return committed;
    }

    private void newEpoch(Line line) {
        long epoch = server.parts.catalog.newestEpoch(line.job) + 1;
        String id = line.job + "-" + epoch;
        change(
                line.job,
                new InstanceStarted(line.job, line.name, id, epoch, 1, 1, "rocksdb", null, "START", server.now()));
        line.epoch = epoch;
    }

    private void staleCheckpoint(Step step) throws IOException {
        Optional<Line> line = pick(oracle.lines(false), step.first());
        if (line.isEmpty()) {
            return;
        }
        Attempt attempt = attempt(line.get(), step.second());
        long entries = server.parts.journal.lastSequence();
        CommitResult result;
        if (step.second() % 2 == 0) {
            newEpoch(line.get());
            entries++;
            result = attempt.commit(server.parts);
        } else {
            result = attempt.commit(server.parts, line.get().epoch + 1);
        }
        attempt.close(false);
        assertThat(result).as("a commit under another epoch").isInstanceOf(CommitResult.Stale.class);
        assertThat(server.parts.journal.lastSequence()).as("I6").isEqualTo(entries);
    }

    private void begin(Step step) throws IOException {
        Optional<Line> line = pick(oracle.lines(false), step.first());
        if (open == null && line.isPresent()) {
            open = attempt(line.get(), step.second());
            attempted = new Attempted(line.get(), line.get().head, line.get().epoch);
        }
    }

    private @Nullable Attempted attempted;

    /** Where an attempt's branch stood when it began. */
    private record Attempted(Line line, @Nullable String head, long epoch) {}

    /** Whatever was collected meanwhile, an attempt whose branch has not moved has all of its files. */
    private void end() throws IOException {
        Attempt ending = open;
        Attempted began = attempted;
        if (ending == null || began == null) {
            return;
        }
        open = null;
        Line line = began.line();
        boolean fits = Objects.equals(line.head, began.head()) && line.epoch == began.epoch() && !line.trashed;
        if (line.trashed) {
            ending.close(false);
            return;
        }
        assertThat(finish(ending, line))
                .as("an attempt that began at %s", began)
                .isEqualTo(fits);
    }

    private void abandon() throws IOException {
        if (open != null) {
            open.close(false);
            open = null;
        }
    }

    private void tag(Step step) {
        Optional<Version> version = pick(oracle.versions.values(), step.first());
        if (version.isEmpty()) {
            return;
        }
        Version target = version.get();
        String name = "tag-" + step.second() % 4;
        Instant ends = step.second() % 3 == 0 ? server.now().plus(Duration.ofHours(30)) : null;
        @Nullable Mark taken = oracle.tags.get(target.job + "/" + name);
        boolean free = taken == null || !taken.lives(server.now());
        boolean allowed = target.stage == Stage.COMPLETED && free;
        TagRequest request = new TagRequest(new Revision(Long.toString(target.number)), null, ends, null);
        boolean same = taken != null && !free && taken.version().equals(target.id);
        boolean done = answered(target.job, () -> server.refs.tags().put(job(target.job), name, request, ADA), same);
        if (!same) {
            assertThat(done).as("tagging %s as %s", target, name).isEqualTo(allowed);
        }
        if (done && !same) {
            oracle.tags.put(target.job + "/" + name, new Mark(target.job, name, target.id, ends));
        }
    }

    private void untag(Step step) {
        Instant now = server.now();
        pick(oracle.tags.values(), step.first()).filter(mark -> mark.lives(now)).ifPresent(mark -> {
            server.refs.tags().delete(job(mark.job()), mark.name(), ADA);
            oracle.tags.remove(mark.job() + "/" + mark.name());
        });
    }

    private void hold(Step step) {
        pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            Instant ends = step.second() % 2 == 0 ? null : server.now().plus(Duration.ofHours(50));
            boolean done = answered(
                    version.job,
                    () -> noteHold(server.refs
                            .holds()
                            .place(job(version.job), real(version), new HoldRequest("why", ends), ADA)),
                    false);
            assertThat(done).as("holding %s", version).isEqualTo(version.stage != Stage.PURGED && mayHold(version));
        });
    }

    private static boolean mayHold(Version version) {
        return version.stage == Stage.COMPLETED;
    }

    private void noteHold(Hold hold) {
        oracle.holds.put(
                hold.id(), new Mark(hold.jobId(), hold.id(), hold.snapshot().toString(), hold.expiresAt()));
    }

    private void release(Step step) {
        Instant now = server.now();
        pick(oracle.holds.values(), step.first())
                .filter(mark -> mark.lives(now))
                .ifPresent(mark -> {
                    server.refs
                            .holds()
                            .release(job(mark.job()), real(oracle.versions.get(mark.version())), mark.name(), ADA);
                    oracle.holds.remove(mark.name());
                });
    }

    private void delete(Step step) {
        pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            boolean allowed = version.stage == Stage.COMPLETED && !oracle.isProtected(version.id, server.now());
            boolean done =
                    answered(version.job, () -> server.snapshots.delete(job(version.job), real(version), ADA), false);
            assertThat(done).as("deleting %s", version).isEqualTo(allowed);
            if (done) {
                trashed(version);
            }
        });
    }

    private void trashed(Version version) {
        version.stage = Stage.TRASHED;
        version.purgeAfter = Objects.requireNonNull(real(version).trashed()).purgeAfter();
    }

    private void undelete(Step step) {
        pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            boolean done =
                    answered(version.job, () -> server.snapshots.undelete(job(version.job), real(version), ADA), false);
            assertThat(done).as("undeleting %s", version).isEqualTo(version.stage == Stage.TRASHED);
            if (done) {
                version.stage = Stage.COMPLETED;
                server.parts.catalog.holdsOf(SnapshotId.parse(version.id)).forEach(this::noteHold);
            }
        });
    }

    private void fork(Step step) {
        pick(oracle.at(Stage.COMPLETED), step.first()).ifPresent(version -> {
            String name = "fork-" + made++;
            Snapshot from = real(version);
            Branch.Fork fork = new Branch.Fork(
                    Long.toString(version.number), from.id(), from.number(), version.branch, server.now());
            change(version.job, new BranchCreated(version.job, name, fork, 1, List.of(), Branch.Protection.NONE));
            oracle.branches.put(version.job + "/" + name, new Line(version.job, name, version.id));
        });
    }

    private void deleteBranch(Step step) {
        List<Line> some = oracle.lines(false).stream()
                .filter(line -> !line.name.equals("main"))
                .toList();
        pick(some, step.first()).ifPresent(line -> {
            Instant now = server.now();
            change(line.job, new BranchTrashed(line.job, line.name, new Trashed(now, now.plus(Duration.ofDays(7)))));
            line.trashed = true;
        });
    }

    private void undeleteBranch(Step step) {
        pick(oracle.lines(true), step.first())
                .filter(line -> oracle.versions.get(line.head).stage == Stage.COMPLETED)
                .ifPresent(line -> {
                    change(line.job, new BranchUndeleted(line.job, line.name));
                    line.trashed = false;
                });
    }

    private void moveHead(Step step) {
        pick(oracle.lines(false), step.first())
                .filter(line -> line.head != null)
                .ifPresent(line -> {
                    List<Version> targets = oracle.at(Stage.COMPLETED).stream()
                            .filter(version -> version.job.equals(line.job) && !version.id.equals(line.head))
                            .toList();
                    pick(targets, step.second()).ifPresent(target -> {
                        change(
                                line.job,
                                new HeadMoved(
                                        line.job,
                                        line.name,
                                        SnapshotId.parse(line.head),
                                        SnapshotId.parse(target.id),
                                        target.number,
                                        List.of(),
                                        "RESET",
                                        null));
                        line.head = target.id;
                    });
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
            tag(new Step(Step.Verb.TAG, step.second(), step.first()));
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
        open = null;
        server.cutPower(catalogLost, step.first());
        invariants.all(null);
    }

    /** Whether a call was answered well; a refusal must have changed nothing. */
    private boolean answered(String jobId, Runnable call, boolean unchanged) {
        long entries = server.parts.journal.lastSequence();
        try {
            call.run();
        } catch (StrandlineException e) {
            assertThat(server.parts.journal.lastSequence())
                    .as("I6: %s", e.getMessage())
                    .isEqualTo(entries);
            return false;
        }
        assertThat(server.parts.journal.lastSequence() == entries)
                .as("an answer without an entry, of %s", jobId)
                .isEqualTo(unchanged);
        return true;
    }

    private void change(String jobId, Change change) {
        server.parts.ledger.change(new Scope.OfJob(jobId), ADA, changes -> {
            changes.record(change);
            return true;
        });
    }

    private Job job(String id) {
        return server.parts.catalog.job(id).orElseThrow();
    }

    private Branch branch(Line line) {
        return server.parts.catalog.branch(line.job, line.name).orElseThrow();
    }

    private Snapshot real(Version version) {
        return server.parts.catalog.snapshot(SnapshotId.parse(version.id)).orElseThrow();
    }

    private static <T> Optional<T> pick(Collection<T> some, int choice) {
        return some.isEmpty()
                ? Optional.empty()
                : some.stream().skip(choice % some.size()).findFirst();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
