package io.strandline.catalog.history;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks the journal from its first entry and checks that each follows from the one before. */
public interface ChainCheck {

    /**
     * Reads every byte of the journal up to the entry that is the newest as it begins.
     *
     * @throws IOException when it cannot be read
     */
    Outcome check() throws IOException;

    /**
     * What a walk found.
     *
     * @param entries how many entries are linked, from the first on
     * @param hash the hash of the last of them, in hex; whoever noted one can tell whether history was rewritten since
     * @param damage what is wrong behind it; null for nothing
     */
    record Outcome(long entries, String hash, @Nullable String damage) {

        /** Whether the chain holds to its end. */
        public boolean intact() {
            return damage == null;
        }
    }
}
