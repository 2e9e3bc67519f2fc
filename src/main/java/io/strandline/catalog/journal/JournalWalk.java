package io.strandline.catalog.journal;

import io.strandline.catalog.history.ChainCheck;
import io.strandline.catalog.journal.Segment.Link;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Walks the segments as they lie on disk while the journal is written on; what is appended meanwhile does not count. */
public final class JournalWalk implements ChainCheck {

    private final Path directory;
    private final LongSupplier newest;

    /** For the journal in a directory, whose newest entry has the sequence that {@code newest} tells. */
    public JournalWalk(Path directory, LongSupplier newest) {
        this.directory = directory;
        this.newest = newest;
    }

    @Override
    public Outcome check() throws IOException {
        long wanted = newest.getAsLong();
        Place place = new Place(wanted);
        try {
            List<Segment> segments = JournalTail.segments(directory);
            @Nullable Link link = Link.start();
            for (int i = 0; i < segments.size(); i++) {
                link = segments.get(i)
                        .scan(link, i == segments.size() - 1, place)
                        .end();
            }
        } catch (DataDirectoryException damaged) {
            return place.outcome(relative(String.valueOf(damaged.getMessage())));
        }
        return place.outcome(
                place.reached() < wanted ? "the journal ends behind entry " + place.reached() + " of " + wanted : null);
    }

    /** Messages name files from the journal's directory on: who asks over the network need not know where that is. */
    private String relative(String message) {
        return message.replace(directory + directory.getFileSystem().getSeparator(), "");
    }

    /** How far the walk is. */
    private static final class Place implements Segment.Entries {

        private final long wanted;
        private long sequence;
        private String hash = HexFormat.of().formatHex(Link.start().hash());

        private Place(long wanted) {
            this.wanted = wanted;
        }

        @Override
        public void take(long at, String with, byte[] payload) {
            if (at <= wanted) {
                sequence = at;
                hash = with;
            }
        }

        private long reached() {
            return sequence;
        }

        private Outcome outcome(@Nullable String damage) {
            return new Outcome(sequence, hash, damage);
        }
    }
}
