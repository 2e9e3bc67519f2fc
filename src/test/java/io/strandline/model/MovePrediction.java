package io.strandline.model;

import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Mark;
import io.strandline.model.Oracle.Move;
import io.strandline.model.Oracle.Run;
import io.strandline.model.Sides.Birth;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a move of a head does to the oracle, and how that is taken back when the new start fails. */
final class MovePrediction {

    private static final Duration WINDOW = Duration.ofDays(7);
    private static final String KEEPSAKE = "before-promote-";

    private final Sides sides;
    private final Oracle oracle;

    MovePrediction(Sides sides) {
        this.sides = sides;
        this.oracle = sides.oracle;
    }

    /**
     * A move.
     *
     * @param to where to, null for the head of a fork
     * @param fork the fork that is promoted, else null
     * @param reversed the move that is undone, else null
     * @param safety whether what runs takes a snapshot first
     */
    record Wanted(
            Line line,
            String verb,
            @Nullable String to,
            @Nullable Line fork,
            @Nullable Move reversed,
            boolean safety) {}

    /** Moves the oracle's head; when the start fails, everything is as before, but what was snapshotted stays so. */
    void apply(Wanted wanted, boolean starts, boolean fails) {
        sides.born(wanted.line().job, births(wanted), false);
        afterBirths(wanted, starts, fails);
    }

    /** The same for a move that another process has finished: nobody knows how many snapshots the first had time for. */
    void applyResumed(Wanted wanted, boolean starts) {
        sides.born(wanted.line().job, births(wanted), true);
        afterBirths(wanted, starts, false);
    }

    private void afterBirths(Wanted wanted, boolean starts, boolean fails) {
        Line line = wanted.line();
        boolean reverts = wanted.verb().equals("REVERT");
        Line fork = wanted.fork();
        String to = fork != null ? fork.head : reverts ? line.head : wanted.to();
        String from = reverts ? last(line).from() : line.head;
        Run ran = line.run;
        Run forkRan = fork == null ? null : fork.run;
        if (fails) {
            takenBack(line, wanted, from, to);
            restart(line, ran);
            if (fork != null) {
                restart(fork, forkRan);
            }
            return;
        }
        if (!reverts) {
            leave(line, wanted.verb(), from, to);
        }
        if (wanted.reversed() != null) {
            Move reversed = wanted.reversed();
            sides.letGo(line.job, oracle.leftBehind(reversed.from(), reversed.to()), owner(line));
        }
        if (fork != null) {
            fork.run = null;
            keep(line, Objects.requireNonNull(from));
        }
        line.run = null;
        if (starts) {
            oracle.runs(line, line.head);
        }
    }

    private static Move last(Line line) {
        return line.moves.get(line.moves.size() - 1);
    }

    private List<Birth> births(Wanted wanted) {
        List<Birth> births = new ArrayList<>();
        Line fork = wanted.fork();
        Line line = wanted.line();
        if (fork != null) {
            safety(fork, births);
        }
        if (wanted.safety()) {
            safety(line, births);
        }
        if (wanted.verb().equals("REVERT")) {
            births.add(
                    new Birth(line, SnapshotKind.RESTORED, oracle.version(Objects.requireNonNull(wanted.to())).state));
        }
        return births;
    }

    private static void safety(Line line, List<Birth> births) {
        Run run = line.run;
        if (run != null && run.frozen == null) {
            births.add(new Birth(line, SnapshotKind.SAFETY, run.live));
        }
    }

    private void leave(Line line, String verb, @Nullable String from, @Nullable String to) {
        Instant ends = sides.server.now().plus(WINDOW);
        oracle.moved(line, verb, to);
        for (String id : oracle.usable(oracle.leftBehind(from, to))) {
            sides.held(line, id, owner(line), ends);
        }
    }

    private void keep(Line main, String old) {
        Instant now = sides.server.now();
        boolean kept = oracle.tags.values().stream()
                .anyMatch(tag -> tag.version().equals(old) && tag.name().startsWith(KEEPSAKE) && tag.lives(now));
        if (!kept) {
            String name = KEEPSAKE + oracle.version(old).number;
            oracle.tags.put(main.job + "/" + name, new Mark(main.job, name, old, null, null));
        }
    }

    private void takenBack(Line line, Wanted wanted, @Nullable String from, @Nullable String to) {
        oracle.moved(line, wanted.verb(), to);
        oracle.moved(line, "TAKEN_BACK", from);
        Move reversed = wanted.reversed();
        if (reversed != null) {
            reopened(line, reversed);
        }
    }

    /** What an undo that failed had closed is open again, with one hold on each version that can still be held. */
    private void reopened(Line line, Move reversed) {
        Set<String> left = oracle.leftBehind(reversed.from(), reversed.to());
        sides.letGo(line.job, left, owner(line));
        sides.reheld(line, oracle.usable(left), owner(line));
    }

    private void restart(Line line, @Nullable Run ran) {
        if (ran != null) {
            oracle.runs(line, ran.beganFromNothing() ? null : line.head);
        }
    }

    private static String owner(Line line) {
        return "branch:" + line.name;
    }
}
