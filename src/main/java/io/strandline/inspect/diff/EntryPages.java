package io.strandline.inspect.diff;

import io.strandline.inspect.diff.VersionPair.StatePair;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.state.diff.Alignment;
import io.strandline.state.diff.Difference;
import io.strandline.state.diff.StateComparison;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages through entries that differ: walks from where the last page ended, so that a page costs what it shows. */
public final class EntryPages {

    private final PairReading reading;
    private final Runnable heartbeat;
    private final List<PlacedEntry> page = new ArrayList<>();

    EntryPages(PairReading reading, Runnable heartbeat) {
        this.reading = reading;
        this.heartbeat = heartbeat;
    }

    /**
     * The next entries.
     *
     * @param type only those of which this became, null for all
     * @param after where the last page ended, null for the first page
     */
    List<PlacedEntry> next(List<StatePair> states, Difference.@Nullable Type type, @Nullable Place after, int limit)
            throws IOException {
        boolean begun = after == null;
        for (StatePair state : states) {
            ByteBuffer behind = after != null && after.names(state) ? after.storedKey() : null;
            begun |= behind != null;
            if (begun && page.size() < limit) {
                walk(state, type, behind, limit);
            }
        }
        return page;
    }

    private void walk(StatePair state, Difference.@Nullable Type type, @Nullable ByteBuffer after, int limit)
            throws IOException {
        Alignment alignment = reading.alignment(state);
        if (!alignment.comparable()) {
            return;
        }
        DifferenceWords words = new DifferenceWords(state.operator(), alignment.compared());
        try (StateComparison comparison = reading.comparison(alignment, heartbeat)) {
            comparison.walk(after, difference -> {
                if (type == null || difference.type() == type) {
                    page.add(new PlacedEntry(words.of(difference), Place.of(state, difference)));
                }
                return page.size() < limit;
            });
        }
    }

    /** An entry and where it is. */
    public record PlacedEntry(DiffEntry entry, Place place) {}

    /**
     * Where an entry is, so that a list can go on behind it.
     *
     * @param key the stored key in Base64
     */
    public record Place(String operator, String state, String key) {

        private static final int KEY_GROUP_BYTES = 2;

        public Place {
            if (decoded(key).length < KEY_GROUP_BYTES) {
                throw notOurs();
            }
        }

        static Place of(StatePair state, Difference difference) {
            byte[] key = new byte[difference.key().remaining()];
            difference.key().get(difference.key().position(), key);
            return new Place(
                    state.operator(),
                    state.name(),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(key));
        }

        boolean names(StatePair other) {
            return operator.equals(other.operator()) && state.equals(other.name());
        }

        ByteBuffer storedKey() {
            return ByteBuffer.wrap(decoded(key));
        }

        private static byte[] decoded(String key) {
            try {
                return Base64.getUrlDecoder().decode(key);
            } catch (IllegalArgumentException e) {
                throw notOurs();
            }
        }

        private static StrandlineException notOurs() {
            String detail = "The cursor was not given out by this list; begin again without it.";
            return Problem.of(ErrorCode.INVALID_CURSOR, detail)
                    .withError("?cursor", detail)
                    .asException();
        }
    }
}
