package io.strandline.catalog.ledger;

import io.strandline.catalog.journal.JournalEntry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which entries have been applied: all up to one, and single ones above it while their neighbours are under way. */
final class AppliedMarks {

    private static final int SETTLE_EVERY = 256;

    private final TreeMap<Long, String> above = new TreeMap<>();
    private long sequence;
    private String hash = "";
    private long settled;

    /** A point up to which all entries have been applied. */
    record Mark(long sequence, String hash) {}

    synchronized void load(long appliedTo, String appliedHash) {
        sequence = appliedTo;
        hash = appliedHash;
        settled = appliedTo;
    }

    synchronized void add(JournalEntry entry) {
        above.put(entry.sequence(), entry.hash());
        Map.Entry<Long, String> first = above.firstEntry();
        while (first != null && first.getKey() == sequence + 1) {
            sequence = first.getKey();
            hash = first.getValue();
            above.pollFirstEntry();
            first = above.firstEntry();
        }
    }

    /** All entries up to this one have been applied. */
    synchronized long upTo() {
        return sequence;
    }

    /** The mark worth noting now, if it has moved far enough. */
    synchronized Optional<Mark> due() {
        return sequence - settled >= SETTLE_EVERY ? latest() : Optional.empty();
    }

    /** The mark, if it has moved since it was noted. */
    synchronized Optional<Mark> latest() {
        return sequence > settled ? Optional.of(new Mark(sequence, hash)) : Optional.empty();
    }

    synchronized void settled(Mark mark) {
        settled = Math.max(settled, mark.sequence());
    }
}
