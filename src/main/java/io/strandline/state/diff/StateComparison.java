package io.strandline.state.diff;

import io.strandline.state.KeyBuffer;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.StoredRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares one state of two versions, key group by key group. Where both lists begin with the same oldest runs only the keys of
 * the other runs are walked; where they do not, both are. Memory does not grow with the state: nothing is collected.
 */
public final class StateComparison implements Closeable {

    private final List<Stretch> stretches;
    private final OpenRuns fromRuns;
    private final OpenRuns toRuns;
    private final Runnable heartbeat;
    private final StateTally tally;
    private long walked;

    private static final int HEARTBEAT_MASK = 0xfff;

    /**
     * Opens nothing yet.
     *
     * @param fromFiles where the runs of the one version lie, which stay there until this is closed
     * @param toFiles the same for the other; where it is the very same, what both versions have is opened once
     * @param heartbeat called every few thousand keys; may throw to end the walk
     */
    public StateComparison(
            Alignment alignment, int maxParallelism, RunFiles fromFiles, RunFiles toFiles, Runnable heartbeat) {
        this.stretches = Stretch.of(alignment.from(), alignment.to(), maxParallelism);
        this.fromRuns = new OpenRuns(fromFiles);
        this.toRuns = toFiles == fromFiles ? fromRuns : new OpenRuns(toFiles);
        this.heartbeat = heartbeat;
        this.tally = new StateTally(maxParallelism);
    }

    /** Walks everything that may differ and counts. Call it once. */
    public StateTally count(DifferenceVisitor visitor) throws IOException {
        SharedCount shared = new SharedCount(stretches, toRuns);
        walk(null, shared::before, difference -> {
            tally.add(difference);
            return visitor.visit(difference);
        });
        shared.before(Integer.MAX_VALUE);
        tally.addShared(shared.entries(), shared.exact());
        return tally;
    }

    /**
     * Walks the keys that differ, in the order of key group and encoded key, until the visitor has enough.
     *
     * @param after the stored key to go on behind, null to begin with the first
     */
    public void walk(@Nullable ByteBuffer after, DifferenceVisitor visitor) throws IOException {
        walk(after, keyGroup -> {}, visitor);
    }

    private void walk(@Nullable ByteBuffer after, Leaving leaving, DifferenceVisitor visitor) throws IOException {
        int from = after == null ? 0 : StoredRun.keyGroup(after);
        for (Stretch stretch : stretches) {
            if (stretch.same() || stretch.keyGroups().last() < from) {
                continue;
            }
            leaving.before(stretch.keyGroups().first());
            fromRuns.closeBefore(stretch.keyGroups().first());
            toRuns.closeBefore(stretch.keyGroups().first());
            ByteBuffer resumed = stretch.keyGroups().first() <= from ? after : null;
            ByteBuffer start = resumed == null ? startOf(stretch) : resumed;
            if (!walk(stretch, start, resumed != null, visitor)) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        fromRuns.close();
        toRuns.close();
    }

    private boolean walk(Stretch stretch, ByteBuffer start, boolean behind, DifferenceVisitor visitor)
            throws IOException {
        boolean single = stretch.shared().size() == 1;
        try (StretchWalk walk = new StretchWalk(stretch, fromRuns, toRuns, start, single)) {
            boolean more = true;
            while (more && walk.next()) {
                if ((++walked & HEARTBEAT_MASK) == 0) {
                    heartbeat.run();
                }
                if (behind && walk.key().equals(start)) {
                    continue;
                }
                more = look(walk, visitor);
            }
            tally.lookedUpInShared(walk.inShared());
            return more;
        }
    }

    private boolean look(StretchWalk walk, DifferenceVisitor visitor) throws IOException {
        ByteBuffer before = walk.before();
        ByteBuffer after = walk.after();
        if (!Objects.equals(before, after)) {
            return visitor.visit(new Difference(walk.key(), before, after));
        }
        if (after != null) {
            tally.addUnmodified(StoredRun.keyGroup(walk.key()));
        }
        return true;
    }

    private static ByteBuffer startOf(Stretch stretch) {
        KeyBuffer key = new KeyBuffer();
        key.putKeyGroup(stretch.keyGroups().first());
        return ByteBuffer.wrap(key.bytes(), 0, key.length());
    }

    /** Has a last look at what the walk leaves behind. */
    @FunctionalInterface
    private interface Leaving {

        /** Runs without key groups from this one on are closed next. */
        void before(int keyGroup) throws IOException;
    }
}
