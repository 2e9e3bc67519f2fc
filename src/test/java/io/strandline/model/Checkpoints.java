package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Version;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The steps of instances: checkpoints at once or in two steps, under the newest epoch and under others. */
final class Checkpoints {

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;
    private @Nullable Begun begun;

    Checkpoints(Sides sides) {
        this.sides = sides;
        this.server = sides.server;
        this.oracle = sides.oracle;
    }

    /** An attempt under way, and where its branch stood when it began. */
    private record Begun(
            Attempt attempt, Line line, @Nullable String head, long epoch) {}

    /** The attempt under way, which may have published files. */
    @Nullable
    Attempt underWay() {
        return begun == null ? null : begun.attempt();
    }

    /** The process that made the attempt under way is gone. */
    void forget() {
        begun = null;
    }

    void checkpoint(Step step) throws IOException {
        Optional<Line> line = Sides.pick(oracle.lines(false), step.first());
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
            fresh.add(sides.name("file-"));
        }
        return new Attempt(server.parts, sides.branch(line), line.epoch, reused, fresh);
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

    void newEpoch(Line line) {
        long epoch = server.parts.catalog.newestEpoch(line.job) + 1;
        String id = line.job + "-" + epoch;
        sides.change(
                line.job,
                new InstanceStarted(line.job, line.name, id, epoch, 1, 1, "rocksdb", null, "START", server.now()));
        line.epoch = epoch;
    }

    void staleCheckpoint(Step step) throws IOException {
        Optional<Line> line = Sides.pick(oracle.lines(false), step.first());
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

    void begin(Step step) throws IOException {
        Optional<Line> line = Sides.pick(oracle.lines(false), step.first());
        if (begun == null && line.isPresent()) {
            Attempt attempt = attempt(line.get(), step.second());
            begun = new Begun(attempt, line.get(), line.get().head, line.get().epoch);
        }
    }

    /** Whatever was collected meanwhile, an attempt whose branch has not moved has all of its files. */
    void end() throws IOException {
        Begun ending = begun;
        if (ending == null) {
            return;
        }
        begun = null;
        Line line = ending.line();
        if (line.trashed) {
            ending.attempt().close(false);
            return;
        }
        boolean fits = Objects.equals(line.head, ending.head()) && line.epoch == ending.epoch();
        assertThat(finish(ending.attempt(), line))
                .as("an attempt that began at %s", ending)
                .isEqualTo(fits);
    }

    /** Lets go of the attempt under way. */
    void abandon() throws IOException {
        if (begun != null) {
            begun.attempt().close(false);
            begun = null;
        }
    }
}
