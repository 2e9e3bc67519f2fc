package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.strandline.job.StartRequest;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Move;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.version.ForkPlan;
import io.strandline.version.ForkRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The steps that make, protect, delete and bring back branches. */
final class Branches {

    private static final Duration WINDOW = Duration.ofDays(7);

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;

    Branches(Sides sides) {
        this.sides = sides;
        this.server = sides.server;
        this.oracle = sides.oracle;
    }

    /** A fork of any version, now and then under a name that is taken, stopped or started. */
    void fork(Step step) {
        Sides.pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            String name = step.second() % 6 == 0 ? taken(version.job, step) : sides.name("fork-");
            fork(version, name, step.second() % 4 == 0);
        });
    }

    /** A fork that runs at once, of a version that is there. */
    Optional<Line> experiment(Step step) {
        Optional<Version> version = Sides.pick(oracle.at(Stage.COMPLETED), step.first());
        String name = sides.name("fork-");
        version.ifPresent(from -> fork(from, name, true));
        return version.map(from -> oracle.line(from.job, name));
    }

    private void fork(Version version, String name, boolean started) {
        boolean free = !oracle.branches.containsKey(version.job + "/" + name)
                && oracle.tags.values().stream()
                        .noneMatch(tag -> tag.lives(server.now())
                                && tag.job().equals(version.job)
                                && tag.name().equals(name));
        ForkRequest request = new ForkRequest(
                name, new Revision(Long.toString(version.number)), null, started ? StartRequest.DEFAULT : null, null);
        boolean done = sides.answered(() -> make(version.job, request), false);
        assertThat(done).as("forking %s as %s", version, name).isEqualTo(version.stage == Stage.COMPLETED && free);
        if (done) {
            forked(version, name, started);
        }
    }

    private String taken(String job, Step step) {
        return step.first() % 2 == 0
                ? "tag-" + step.first() % 4
                : Sides.pick(
                                oracle.branches.values().stream()
                                        .filter(line -> line.job.equals(job))
                                        .toList(),
                                step.first())
                        .orElseThrow()
                        .name;
    }

    private void make(String job, ForkRequest request) {
        if (request.start() == null) {
            server.refs.forks().create(sides.job(job), request, Sides.ADA);
            return;
        }
        String operation = sides.name("operation-");
        ForkPlan plan = server.refs.forks().accept(sides.job(job), request, operation, Sides.ADA.within(operation));
        server.refs.forks().run(plan, new Server.Doing(operation, Sides.ADA.within(operation)));
    }

    private void forked(Version version, String name, boolean started) {
        Line line = new Line(version.job, name, version.id);
        line.moves.add(new Move("FORK", null, version.id));
        oracle.branches.put(version.job + "/" + name, line);
        if (started) {
            oracle.runs(line, version.id);
        }
    }

    void protect(Step step) {
        Sides.pick(oracle.lines(false), step.first()).ifPresent(line -> {
            boolean deletable = step.second() % 2 == 0;
            boolean resettable = step.second() % 3 != 0;
            boolean allowed = !deletable || !line.name.equals("main");
            boolean same = line.deletable == deletable && line.resettable == resettable;
            Branch.Protection wanted = new Branch.Protection(deletable, resettable);
            boolean done = sides.answered(
                    () -> server.refs.branches().protect(sides.job(line.job), line.name, now -> wanted, Sides.ADA),
                    same);
            assertThat(done).as("protecting %s", line).isEqualTo(allowed);
            if (done) {
                line.deletable = deletable;
                line.resettable = resettable;
            }
        });
    }

    void delete(Step step) {
        Sides.pick(oracle.lines(false), step.first()).ifPresent(line -> {
            Instant now = server.now();
            boolean done = sides.answered(
                    () -> server.refs.branches().delete(sides.job(line.job), line.name, any -> {}, Sides.ADA), false);
            assertThat(done)
                    .as("deleting branch %s", line)
                    .isEqualTo(line.deletable && line.run == null && !line.name.equals("main"));
            if (done) {
                line.trashed = true;
                line.purgeAfter = now.plus(WINDOW);
                sides.held(line, line.head, owner(line), now.plus(WINDOW));
            }
        });
    }

    void undelete(Step step) {
        Sides.pick(oracle.branches.values(), step.first()).ifPresent(line -> {
            boolean allowed = line.trashed && oracle.version(line.head).stage == Stage.COMPLETED;
            boolean done = sides.answered(
                    () -> server.refs.branches().undelete(sides.job(line.job), line.name, Sides.ADA), false);
            assertThat(done).as("bringing branch %s back", line).isEqualTo(allowed);
            if (done) {
                line.trashed = false;
                sides.letGo(line.job, List.of(line.head), owner(line));
            }
        });
    }

    private static String owner(Line line) {
        return "deleted-branch:" + line.name;
    }
}
