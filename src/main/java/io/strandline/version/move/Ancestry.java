package io.strandline.version.move;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How versions descend from each other, by their parents. A parent's number is always below its child's, so two lines are
 * followed together, whichever is ahead, and neither further down than where they meet.
 */
@Component
final class Ancestry {

    private static final int READ_AT_ONCE = 500;

    /** Of a stretch that only one line has, so many are named: a line may be very long. */
    private static final int NAMED = 1000;

    private final History history;

    Ancestry(History history) {
        this.history = history;
    }

    /**
     * Where the lines of two versions meet.
     *
     * @param base the nearest common ancestor, which may be one of the two; null when they have none
     * @param onlyFirst the first version and its ancestors above the base, newest first, the newest thousand of them
     * @param onlySecond the same of the second
     */
    record Meeting(@Nullable Snapshot base, List<Snapshot> onlyFirst, List<Snapshot> onlySecond) {}

    /** Where the lines of two versions meet; a version that is not there has none. */
    Meeting meet(@Nullable SnapshotId first, @Nullable SnapshotId second) {
        Line one = new Line(first);
        Line other = new Line(second);
        List<Snapshot> ofOne = new ArrayList<>();
        List<Snapshot> ofOther = new ArrayList<>();
        while (one.hasNext() && other.hasNext()) {
            Snapshot mine = one.peek();
            Snapshot yours = other.peek();
            if (mine.id().equals(yours.id())) {
                return new Meeting(mine, ofOne, ofOther);
            }
            if (mine.number() > yours.number()) {
                name(one.next(), ofOne);
            } else {
                name(other.next(), ofOther);
            }
        }
        one.nameRest(ofOne);
        other.nameRest(ofOther);
        return new Meeting(null, ofOne, ofOther);
    }

    private static void name(Snapshot version, List<Snapshot> named) {
        if (named.size() < NAMED) {
            named.add(version);
        }
    }

    /** The versions from {@code head} down to {@code ancestor}, which is not among them; empty when it is no ancestor. */
    Optional<List<Snapshot>> after(SnapshotId head, Snapshot ancestor) {
        List<Snapshot> later = new ArrayList<>();
        Line line = new Line(head);
        while (line.hasNext() && line.peek().number() > ancestor.number()) {
            later.add(line.next());
        }
        return line.hasNext() && line.peek().id().equals(ancestor.id()) ? Optional.of(later) : Optional.empty();
    }

    /** A version and its ancestors, newest first, read in stretches. */
    private final class Line implements Iterator<Snapshot> {

        private List<Snapshot> stretch = List.of();
        private int at;
        private @Nullable SnapshotId next;

        private Line(@Nullable SnapshotId from) {
            this.next = from;
        }

        @Override
        public boolean hasNext() {
            if (at == stretch.size() && next != null) {
                stretch = history.ancestors(next, READ_AT_ONCE);
                at = 0;
                next = stretch.isEmpty()
                        ? null
                        : stretch.get(stretch.size() - 1).parent();
            }
            return at < stretch.size();
        }

        Snapshot peek() {
            if (!hasNext()) {
                throw new NoSuchElementException("the line has ended");
            }
            return stretch.get(at);
        }

        void nameRest(List<Snapshot> named) {
            while (named.size() < NAMED && hasNext()) {
                named.add(next());
            }
        }

        @Override
        public Snapshot next() {
            Snapshot found = peek();
            at++;
            return found;
        }
    }
}
