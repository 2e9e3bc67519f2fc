package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.version.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Holds on versions that a move left behind: for a week they stay, so that the move can be undone. Of very many only the
 * newest thousand are held, the old head among them.
 */
@Component
final class UndoWindow {

    private static final Duration WINDOW = Duration.ofDays(7);

    private final Catalog catalog;
    private final Ancestry ancestry;
    private final Moment moment;

    UndoWindow(Catalog catalog, Ancestry ancestry, Moment moment) {
        this.catalog = catalog;
        this.ancestry = ancestry;
        this.moment = moment;
    }

    /** Opens it over what a move of {@code branch} leaves behind. */
    List<Change> open(Branch branch, List<Snapshot> leftBehind, String move) {
        Instant now = moment.now();
        return hold(branch.name(), leftBehind, move, now, now.plus(WINDOW));
    }

    /** Closes it over what {@code reversed} had left behind: the head is back at it. */
    List<Change> close(HeadEntry reversed) {
        return leftBehindBy(reversed)
                .flatMap(version -> catalog.holdsOf(version.id()).stream())
                .filter(hold -> Hold.ofMovesOf(reversed.branch()).equals(hold.owner()))
                .<Change>map(hold -> new HoldReleased(hold.jobId(), hold.id()))
                .toList();
    }

    /** Opens it again for what is left of it: {@code reversed} stands after all. */
    List<Change> reopen(HeadEntry reversed) {
        Instant now = moment.now();
        Instant end = reversed.at().plus(WINDOW);
        String move = "the " + reversed.verb();
        return end.isAfter(now) ? hold(reversed.branch(), leftBehindBy(reversed).toList(), move, now, end) : List.of();
    }

    private Stream<Snapshot> leftBehindBy(HeadEntry move) {
        return ancestry.meet(move.from(), move.to()).onlyFirst().stream();
    }

    private List<Change> hold(String branch, List<Snapshot> versions, String move, Instant now, Instant end) {
        return versions.stream()
                .filter(version -> version.state() == Snapshot.State.COMPLETED)
                .<Change>map(version -> new HoldPlaced(new Hold(
                        moment.id(),
                        version.jobId(),
                        version.id(),
                        Hold.Kind.SYSTEM,
                        "undo window of " + move,
                        "system",
                        Hold.ofMovesOf(branch),
                        now,
                        end)))
                .toList();
    }
}
