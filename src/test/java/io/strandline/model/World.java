package io.strandline.model;

import io.strandline.catalog.Cause;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.jpa.Database;
import io.strandline.model.Oracle.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Does a script's steps to the server and to the oracle, and holds the two against each other. */
final class World implements AutoCloseable {

    private static final Duration SURE = Duration.ofHours(1);
    private static final int STEPS_BETWEEN_CHECKS = 100;

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;
    private final Runs runs;
    private final Marks marks;
    private final Branches branches;
    private final HeadMoves moves;
    private final Trash trash;
    private final Invariants invariants;

    World(Path root, Database database) throws IOException {
        this.server = new Server(root, database);
        this.sides = new Sides(server);
        this.oracle = sides.oracle;
        this.runs = new Runs(sides);
        this.marks = new Marks(sides);
        this.branches = new Branches(sides);
        this.moves = new HeadMoves(sides);
        this.trash = new Trash(sides);
        this.invariants = new Invariants(server, oracle);
    }

    void run(List<Step> script) throws IOException {
        perform(new Step(Step.Verb.JOB, 0, 0));
        // a store with files and without any manifest is one that the collector rightly does not trust
        perform(new Step(Step.Verb.CHECKPOINT, 0, 1));
        int done = 0;
        for (Step step : script) {
            keepClearOfEnds();
            perform(step);
            invariants.touched();
            runs.lookAtAll();
            if (++done % STEPS_BETWEEN_CHECKS == 0) {
                invariants.all();
            }
        }
        invariants.all();
        runs.stopAll();
        keepClearOfEnds();
        trash.collect(true);
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
            case START -> runs.start(step);
            case STOP -> runs.stop(step);
            case WORK -> runs.work(step);
            case CHECKPOINT -> runs.checkpoint(step);
            case BEGIN_ATTEMPT -> runs.begin(step);
            case END_ATTEMPT -> runs.end(step);
            case FAIL_ATTEMPT -> runs.fail(step);
            case HAUNT -> runs.haunt(step);
            case TAG -> marks.tag(step);
            case UNTAG -> marks.untag(step);
            case HOLD -> marks.hold(step);
            case RELEASE -> marks.release(step);
            case DELETE -> trash.delete(step);
            case UNDELETE -> trash.undelete(step);
            case FORK -> branches.fork(step);
            case EXPERIMENT -> experiment(step);
            case PROTECT -> branches.protect(step);
            case DELETE_BRANCH -> branches.delete(step);
            case UNDELETE_BRANCH -> branches.undelete(step);
            case RESTORE -> moves.restore(step);
            case FAST_FORWARD -> moves.fastForward(step);
            case PROMOTE -> moves.promote(step);
            case UNDO -> moves.undo(step);
            case PLAN -> trash.plan(step, marks::tag);
            case LOOK -> trash.look(step);
            case COLLECT -> trash.collect(true);
            case COLLECT_DURING_AN_ATTEMPT -> runs.during(step, () -> trash.collect(true));
            case COLLECT_WHAT_IS_DUE -> trash.collect(false);
            case RELEASE_FROM_QUARANTINE -> trash.release(step);
            case PASS_TIME -> server.parts.clock.advance(Duration.ofHours(1 + step.first() % 240));
            case SET_CLOCK_BACK -> server.parts.clock.advance(Duration.ofMinutes(-step.first() % 30));
            case CUT_POWER -> cutPower(false, step);
            case CUT_POWER_IN_A_MOVE -> cutPowerInAMove(step);
            case LOSE_CATALOG -> cutPower(true, step);
        }
    }

    private void job() {
        String id = sides.name("job-");
        String document = """
                {"name": "%s", "maxParallelism": %d, "state": {"backend": "filesystem"},
                 "checkpoints": {"interval": "NONE"},
                 "sources": [{"name": "in", "type": "sequence", "partitions": 1, "keys": 1, "seed": 1}],
                 "sinks": [{"name": "out", "type": "discard", "input": "in"}]}""".formatted(id, ModelState.KEY_GROUPS);
        server.parts.ledger.change(new Scope.OfJob(id), Cause.system("test"), changes -> {
            changes.record(new JobCreated(id, id, null, document, server.now()));
            return id;
        });
        oracle.job(id);
    }

    private void experiment(Step step) throws IOException {
        Optional<Line> line = branches.experiment(step);
        if (line.isPresent()) {
            runs.grow(line.get(), step);
        }
    }

    private void cutPower(boolean catalogLost, Step step) throws IOException {
        server.cutPower(catalogLost, step.first(), null);
        runs.recovered();
    }

    private void cutPowerInAMove(Step step) throws IOException {
        server.fuse.burnsAfter((step.first() + step.second()) % 9);
        try {
            switch (step.first() % 5) {
                case 0 -> moves.fastForward(step);
                case 1 -> moves.promote(step);
                case 2 -> moves.undo(step);
                default -> moves.restore(step);
            }
            server.fuse.putOut();
        } catch (Fuse.PowerLost lost) {
            boolean accepted = server.fuse.done() > 0;
            server.cutPower(false, step.first(), accepted ? moves.doing() : null);
            moves.resumed(accepted);
            runs.recovered();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
