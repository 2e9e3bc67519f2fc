package io.strandline.state.diff;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.KeyBuffer;
import io.strandline.state.RunReader;
import io.strandline.state.run.StoredRun;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many entries the shared runs hold, by what the lists say of them. That is exact where one run is shared, has no delete
 * markers, and has all its entries in key groups where it is shared.
 */
final class SharedCount {

    private final OpenRuns runs;
    private final Map<Digest, Shared> unsettled = new LinkedHashMap<>();
    private boolean exact = true;
    private long entries;

    /** Opens nothing yet. */
    SharedCount(List<Stretch> stretches, OpenRuns runs) {
        this.runs = runs;
        for (Stretch stretch : stretches) {
            exact &= stretch.shared().size() <= 1;
            for (Run run : stretch.shared()) {
                unsettled
                        .computeIfAbsent(run.blob().digest(), digest -> new Shared(run, new ArrayList<>()))
                        .keyGroups
                        .add(stretch.keyGroups());
            }
        }
        for (Shared one : unsettled.values()) {
            entries += one.run.entries() - one.run.deletes();
            exact &= one.run.deletes() == 0;
        }
    }

    /** Looks at the runs that have nothing from a key group on, while they are still open from the walk. */
    void before(int keyGroup) throws IOException {
        for (Iterator<Shared> all = unsettled.values().iterator(); exact && all.hasNext(); ) {
            Shared one = all.next();
            if (one.run.keyGroups().last() < keyGroup) {
                all.remove();
                exact = hasNothingElsewhere(one);
            }
        }
    }

    long entries() {
        return entries;
    }

    boolean exact() {
        return exact;
    }

    private boolean hasNothingElsewhere(Shared one) throws IOException {
        RunReader reader = runs.of(List.of(one.run)).get(0).reader();
        int next = 0;
        for (KeyGroupRange range : one.keyGroups) {
            if (range.first() > next && hasEntries(reader, next, range.first() - 1)) {
                return false;
            }
            next = range.last() + 1;
        }
        return !hasEntries(reader, next, Integer.MAX_VALUE);
    }

    private static boolean hasEntries(RunReader reader, int first, int last) throws IOException {
        KeyBuffer from = new KeyBuffer();
        from.putKeyGroup(first);
        try (RunReader.Cursor cursor = reader.seek(ByteBuffer.wrap(from.bytes(), 0, from.length()))) {
            return cursor.next() && StoredRun.keyGroup(cursor.key()) <= last;
        }
    }

    /** A shared run and the key groups where it is, ascending. */
    private record Shared(Run run, List<KeyGroupRange> keyGroups) {}
}
