package io.strandline.catalog.journal;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Ledger.Scope;
import java.time.Instant;
import java.util.List;

/**
 * Changes that became true together.
 *
 * @param sequence its place, from 1, without gaps
 * @param hash SHA-256 over the entry and, through the hash before it, over all before it; lower-case hex
 * @param at when it was written, in microseconds
 * @param scope what it is about
 * @param cause who and why
 * @param changes in the order they are applied
 */
public record JournalEntry(long sequence, String hash, Instant at, Scope scope, Cause cause, List<Change> changes) {

    public JournalEntry {
        changes = List.copyOf(changes);
    }
}
