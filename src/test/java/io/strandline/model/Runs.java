package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.job.Claim;
import io.strandline.job.StartRequest;
import io.strandline.job.StopMode;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Run;
import io.strandline.model.Sides.Birth;
import io.strandline.runner.BranchRef;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** The steps of instances: they start, change their state, take snapshots at once or in two steps, stop, and haunt. */
final class Runs {

    private static final int KEYS = 12;
    private static final int IN_A_ROW = 4;
    private static final List<String> BACKENDS = List.of("filesystem", "rocksdb");

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;

    Runs(Sides sides) {
        this.sides = sides;
        this.server = sides.server;
        this.oracle = sides.oracle;
    }

    void start(Step step) {
        Sides.pick(oracle.lines(false), step.first()).ifPresent(line -> start(line, step.second()));
    }

    /** From the head or from nothing, on either backend, by one to three subtasks. */
    void start(Line line, int choice) {
        boolean empty = choice % 9 == 0;
        StartRequest request = new StartRequest(
                empty ? StartRequest.From.EMPTY : null,
                null,
                1 + choice % 3,
                BACKENDS.get(choice / 3 % 2),
                null,
                null,
                null);
        boolean done = sides.answered(
                () -> {
                    Claim claim = server.jobs.lifecycle.acceptStart(sides.job(line.job), line.name, request);
                    server.jobs.lifecycle.start(claim, request, Sides.ADA);
                },
                false);
        assertThat(done).as("starting %s", line).isEqualTo(line.run == null);
        if (done) {
            oracle.runs(line, empty ? null : line.head);
            looked(line);
        }
    }

    /** I5: what an instance has restored is what its version has to hold. */
    void looked(Line line) {
        Run run = Objects.requireNonNull(line.run);
        assertThat(server.runner
                        .on(line.job, line.name)
                        .state
                        .among(LongStream.range(0, KEYS).boxed().toList()))
                .as("I5: the state that %s went on with from %s", line, run.from)
                .isEqualTo(run.live);
    }

    /** I5 for everything that runs. */
    void lookAtAll() {
        oracle.lines(false).stream().filter(line -> line.run != null).forEach(this::looked);
    }

    void stop(Step step) {
        Sides.pick(oracle.lines(false), step.first()).ifPresent(line -> {
            StopMode mode = StopMode.values()[step.second() % StopMode.values().length];
            Run run = line.run;
            boolean allowed = run != null && (run.frozen == null || mode == StopMode.CANCEL);
            boolean done = sides.answered(
                    () -> {
                        Claim claim = server.jobs.lifecycle.acceptStop(sides.job(line.job), line.name);
                        server.jobs.lifecycle.stop(claim, mode, Sides.ADA);
                    },
                    false);
            assertThat(done).as("stopping %s with %s", line, mode).isEqualTo(allowed);
            if (done) {
                sides.born(
                        line.job,
                        mode == StopMode.CANCEL ? List.of() : List.of(new Birth(line, SnapshotKind.FINAL, run.live)),
                        false);
                line.run = null;
            }
        });
    }

    /** The instances that run, of those that may do something. */
    private Optional<Line> running(int choice, Predicate<Run> which) {
        return Sides.pick(
                oracle.lines(false).stream()
                        .filter(line -> line.run != null && which.test(line.run))
                        .toList(),
                choice);
    }

    private ModelInstance instance(Line line) {
        return server.runner.on(line.job, line.name);
    }

    /** Records come in. */
    void work(Step step) {
        running(step.first(), run -> true).ifPresent(line -> work(line, step.second()));
    }

    private void work(Line line, int choice) {
        Run run = Objects.requireNonNull(line.run);
        for (int i = 0; i <= choice % 4; i++) {
            long key = (choice + 5L * i) % KEYS;
            if ((choice + i) % 5 == 0) {
                instance(line).state.remove(key);
                run.live.remove(key);
            } else {
                long value = choice % 7L;
                instance(line).state.put(key, value);
                run.live.put(key, value);
            }
        }
    }

    /** Checkpoints, one or some in a row, of something that runs; what does not is started first. */
    void checkpoint(Step step) throws IOException {
        Optional<Line> some = Sides.pick(oracle.lines(false), step.first());
        if (some.isEmpty() || some.get().run != null && some.get().run.frozen != null) {
            return;
        }
        Line line = some.get();
        if (line.run == null) {
            start(line, step.second());
        }
        checkpoints(line, step.second(), step.second() % 5 == 0 ? IN_A_ROW : 1);
    }

    /** A line grows by some versions. */
    void grow(Line line, Step step) throws IOException {
        checkpoints(line, step.second(), IN_A_ROW);
    }

    private void checkpoints(Line line, int choice, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            work(line, choice + i);
            begin(line, choice + i);
            end(line);
        }
    }

    void begin(Step step) throws IOException {
        Optional<Line> line = running(step.first(), run -> run.frozen == null);
        if (line.isPresent()) {
            begin(line.get(), step.second());
        }
    }

    private void begin(Line line, int choice) throws IOException {
        Run run = Objects.requireNonNull(line.run);
        SnapshotMode mode = choice % 4 == 0 ? SnapshotMode.FULL : SnapshotMode.INCREMENTAL;
        instance(line).begin(new CheckpointRequest("", SnapshotKind.PERIODIC, mode, null));
        run.frozen = new TreeMap<>(run.live);
    }

    /** Whatever was collected meanwhile, an attempt of what still runs has all of its files. */
    void end(Step step) throws IOException {
        Optional<Line> line = running(step.first(), run -> run.frozen != null);
        if (line.isPresent()) {
            end(line.get());
        }
    }

    private void end(Line line) throws IOException {
        Run run = Objects.requireNonNull(line.run);
        CheckpointOutcome outcome = instance(line).commit();
        assertThat(outcome).as("a checkpoint of %s", line).isInstanceOf(CheckpointOutcome.Completed.class);
        sides.completed(line, ((CheckpointOutcome.Completed) outcome).id(), Objects.requireNonNull(run.frozen));
        run.frozen = null;
    }

    /** An attempt comes to nothing after its files were published: the next one has to list them. */
    void fail(Step step) throws IOException {
        Optional<Line> line = running(step.first(), run -> true);
        if (line.isPresent()) {
            Run run = Objects.requireNonNull(line.get().run);
            if (run.frozen == null) {
                work(line.get(), step.second());
                begin(line.get(), step.second());
            }
            long entries = server.parts.journal.lastSequence();
            instance(line.get()).fail();
            run.frozen = null;
            assertThat(server.parts.journal.lastSequence()).isEqualTo(entries);
        }
    }

    /** Something is done while an attempt is under way whose files no version names yet. */
    void during(Step step, Runnable something) throws IOException {
        Optional<Line> line = running(step.first(), run -> run.frozen == null);
        if (line.isPresent()) {
            work(line.get(), step.second());
            begin(line.get(), step.second());
            something.run();
            end(line.get());
        }
    }

    /** An instance that was thought to be over commits after all: never once another began or the head has moved. */
    void haunt(Step step) throws IOException {
        Optional<ModelInstance> some = Sides.pick(server.runner.zombies(), step.first());
        Optional<Line> next = running(step.first(), run -> run.frozen == null);
        if (some.isPresent()) {
            haunt(some.get());
        } else if (next.isPresent()) {
            begin(next.get(), step.second());
            ModelInstance zombie = instance(next.get());
            cancel(next.get());
            start(next.get(), step.second());
            haunt(zombie);
        }
    }

    private void haunt(ModelInstance zombie) throws IOException {
        BranchRef on = zombie.spec().on();
        Line line = oracle.branches.get(on.jobId() + "/" + on.branch());
        if (line != null && server.runner.on(line.job, line.name) == zombie && !line.trashed) {
            zombie.fail();
            return;
        }
        long entries = server.parts.journal.lastSequence();
        assertThat(zombie.commit())
                .as("a commit of an instance on %s that is over", on)
                .isInstanceOf(CheckpointOutcome.Failed.class);
        assertThat(server.parts.journal.lastSequence()).as("I6").isEqualTo(entries);
    }

    private void cancel(Line line) {
        Claim claim = server.jobs.lifecycle.acceptStop(sides.job(line.job), line.name);
        server.jobs.lifecycle.stop(claim, StopMode.CANCEL, Sides.ADA);
        line.run = null;
    }

    /** The process has died and come up again: what ran goes on from its head. */
    void recovered() {
        for (Line line : oracle.lines(false)) {
            Run run = line.run;
            if (run != null) {
                oracle.runs(line, run.beganFromNothing() ? null : line.head);
                looked(line);
            }
        }
    }

    /** Stops everything, and lets the zombies rest. */
    void stopAll() throws IOException {
        for (ModelInstance zombie : server.runner.zombies()) {
            zombie.fail();
        }
        for (Line line : oracle.lines(false)) {
            if (line.run != null) {
                cancel(line);
            }
        }
        for (ModelInstance zombie : server.runner.zombies()) {
            zombie.fail();
        }
    }
}
