package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.lookup.Revision;
import io.strandline.model.MovePrediction.Wanted;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Move;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.model.Server.Unfinished;
import io.strandline.problem.StrandlineException;
import io.strandline.version.move.FastForwardRequest;
import io.strandline.version.move.MovePlan;
import io.strandline.version.move.MoveRequest;
import io.strandline.version.move.PromoteRequest;
import io.strandline.version.move.RestoreRequest;
import io.strandline.version.move.RestoreRequest.Mode;
import io.strandline.version.move.UndoRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps that move heads: restore in its three modes, fast-forward, promote and undo, right and wrong ones. */
final class HeadMoves {

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;
    private final MovePrediction prediction;
    private @Nullable Doing doing;

    HeadMoves(Sides sides) {
        this.sides = sides;
        this.server = sides.server;
        this.oracle = sides.oracle;
        this.prediction = new MovePrediction(sides);
    }

    /** A move under way. */
    private record Doing(Unfinished what, Wanted wanted, boolean starts) {}

    /** The move that was under way when the process died. */
    Unfinished doing() {
        return Objects.requireNonNull(doing).what();
    }

    /** The process has come up again: a move that had been accepted has been made by then. */
    void resumed(boolean accepted) {
        Doing resumed = Objects.requireNonNull(doing);
        doing = null;
        if (accepted) {
            prediction.applyResumed(resumed.wanted(), resumed.starts());
        }
    }

    /** Plans a move for an operation, or refuses it. */
    private interface Acceptance extends Function<String, MovePlan> {}

    void restore(Step step) {
        Optional<Line> line = Sides.pick(oracle.lines(false), step.first());
        if (line.isPresent() && line.get().head != null) {
            Sides.pick(oracle.of(line.get().job), step.second()).ifPresent(to -> restore(line.get(), to, step));
        }
    }

    private void restore(Line line, Version to, Step step) {
        Mode mode = Mode.values()[(step.first() / 3 + step.second()) % 3];
        Expected expected = expected(line, step.second() / 7);
        boolean forced = step.second() % 11 != 0;
        boolean safety = step.first() % 4 == 0;
        RestoreRequest request = new RestoreRequest(
                number(to), mode, line.name, expected.revision(), safety, null, null, start(step), null, forced, "why");
        boolean reset = mode == Mode.RESET;
        boolean allowed = to.stage == Stage.COMPLETED
                && expected.fits()
                && (!reset || forced && expected.revision() != null)
                && (mode != Mode.ROLLBACK || oracle.ancestry(line.head).contains(to.id))
                && (mode == Mode.REVERT || mayLeave(line, to.id));
        Wanted wanted =
                new Wanted(line, mode.name(), to.id, null, null, safety && (mode == Mode.REVERT || line.resettable));
        move(
                request,
                allowed,
                wanted,
                step,
                operation -> server.moves
                        .restores()
                        .accept(sides.job(line.job), request, operation, Sides.ADA.within(operation)));
    }

    void fastForward(Step step) {
        Optional<Line> line = Sides.pick(oracle.lines(false), step.first());
        if (line.isPresent() && line.get().head != null) {
            Sides.pick(oracle.of(line.get().job), step.second()).ifPresent(to -> fastForward(line.get(), to, step));
        }
    }

    private void fastForward(Line line, Version to, Step step) {
        Expected expected = expected(line, step.second() / 7);
        FastForwardRequest request =
                new FastForwardRequest(number(to), line.name, expected.revision(), null, start(step), null, "why");
        boolean allowed = to.stage == Stage.COMPLETED
                && expected.fits()
                && expected.revision() != null
                && oracle.leftBehind(line.head, to.id).isEmpty();
        Wanted wanted = new Wanted(line, "FAST_FORWARD", to.id, null, null, false);
        move(
                request,
                allowed,
                wanted,
                step,
                operation -> server.moves
                        .fastForwards()
                        .accept(sides.job(line.job), request, operation, Sides.ADA.within(operation)));
    }

    void promote(Step step) {
        List<Line> forks = oracle.lines(false).stream()
                .filter(line -> !line.name.equals("main"))
                .toList();
        Sides.pick(forks, step.first()).ifPresent(fork -> promote(fork, oracle.line(fork.job, "main"), step));
    }

    private void promote(Line fork, Line main, Step step) {
        Expected ofFork = expected(fork, step.second() / 7);
        Expected ofMain = expected(main, step.second() / 31);
        Revision sure = ofFork.revision() == null ? number(oracle.version(fork.head)) : ofFork.revision();
        boolean safety = step.first() % 4 == 0;
        PromoteRequest request =
                new PromoteRequest(fork.name, sure, ofMain.revision(), safety, null, start(step), "why");
        boolean allowed = ofFork.fits() && ofMain.fits() && ofMain.revision() != null && mayLeave(main, fork.head);
        Wanted wanted = new Wanted(main, "PROMOTE", null, fork, null, safety && main.resettable);
        move(
                request,
                allowed,
                wanted,
                step,
                operation -> server.moves
                        .promotions()
                        .accept(sides.job(main.job), request, operation, Sides.ADA.within(operation)));
    }

    void undo(Step step) {
        Sides.pick(oracle.lines(false), step.first())
                .filter(line -> line.head != null)
                .ifPresent(line -> undo(line, step));
    }

    private void undo(Line line, Step step) {
        Expected expected = expected(line, step.second() / 7);
        boolean safety = step.first() % 4 == 0;
        UndoRequest request =
                new UndoRequest(line.name, null, expected.revision(), safety, null, start(step), null, "why");
        Move last = oracle.lastMove(line).orElse(null);
        boolean allowed = last != null
                && expected.fits()
                && oracle.version(last.from()).stage == Stage.COMPLETED
                && mayLeave(line, last.from());
        Wanted wanted =
                new Wanted(line, "UNDO", last == null ? null : last.from(), null, last, safety && line.resettable);
        move(
                request,
                allowed,
                wanted,
                step,
                operation -> server.moves
                        .undos()
                        .accept(sides.job(line.job), request, operation, Sides.ADA.within(operation)));
    }

    private boolean mayLeave(Line line, @Nullable String to) {
        return line.resettable || oracle.leftBehind(line.head, to).isEmpty();
    }

    /** Which head somebody says to have seen, and whether that is good enough. */
    private record Expected(@Nullable Revision revision, boolean fits) {}

    private Expected expected(Line line, int choice) {
        return switch (choice % 6) {
            case 0 -> new Expected(null, true);
            case 1 -> {
                Version seen = Sides.pick(oracle.of(line.job), choice / 6).orElseThrow();
                yield new Expected(number(seen), oracle.fits(line, seen.id));
            }
            default -> new Expected(number(oracle.version(line.head)), true);
        };
    }

    private static Revision number(Version version) {
        return new Revision(Long.toString(version.number));
    }

    private static @Nullable Boolean start(Step step) {
        return switch (step.second() % 8) {
            case 0 -> Boolean.FALSE;
            case 1 -> Boolean.TRUE;
            default -> null;
        };
    }

    private void move(MoveRequest request, boolean allowed, Wanted wanted, Step step, Acceptance acceptance) {
        Line line = wanted.line();
        Boolean asked = start(step);
        boolean starts = asked == null ? line.run != null : asked;
        boolean fails = starts && step.first() % 10 == 0 && step.verb() != Step.Verb.CUT_POWER_IN_A_MOVE;
        String operation = sides.name("operation-");
        doing = new Doing(new Unfinished(operation, line.job, request), wanted, starts);
        MovePlan[] plan = new MovePlan[1];
        boolean accepted = sides.answered(() -> plan[0] = acceptance.apply(operation), false);
        assertThat(accepted).as("%s of %s", request, line).isEqualTo(allowed);
        if (accepted) {
            server.runner.refuseStarts(fails ? 1 : 0);
            assertThat(succeeds(plan[0], operation))
                    .as("%s of %s", request, line)
                    .isEqualTo(!fails);
            server.runner.refuseStarts(0);
            prediction.apply(wanted, starts, fails);
        }
        doing = null;
    }

    private boolean succeeds(MovePlan plan, String operation) {
        try {
            server.moves.moves().run(plan, new Server.Doing(operation, Sides.ADA.within(operation)));
            return true;
        } catch (StrandlineException e) {
            return false;
        }
    }
}
