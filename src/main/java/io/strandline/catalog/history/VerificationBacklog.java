package io.strandline.catalog.history;

import io.strandline.catalog.Campaign;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads for the verification campaign: its setting, what is to be verified next, and how much is. */
public interface VerificationBacklog {

    /** The campaign, empty before somebody has set it. */
    Optional<Campaign> campaign();

    /**
     * The version to verify next: one that was never verified so deep, or longest ago, and not since {@code before}. Heads, targets
     * of tags and held versions come first. Versions known to be damaged are left out.
     */
    Optional<Snapshot> next(Level level, Instant before);

    /** How many of the versions that are not in the trash were verified so deep at {@code since} or later. */
    Coverage coverage(Level level, Instant since);

    /** The versions that are in use and known to be damaged or lost, those in the memory of an earlier process aside. */
    Damage damage();

    /**
     * What is known to be damaged.
     *
     * @param versions how many versions
     * @param jobs the names of the first few jobs that they are of
     */
    record Damage(long versions, List<String> jobs) {}

    /**
     * How much is verified.
     *
     * @param versions how many there are
     * @param verified how many of them were found intact recently
     * @param damaged how many of them are known to be damaged or lost
     */
    record Coverage(long versions, long verified, long damaged) {

        /** The share that is verified, 1 when there are none. */
        public double ratio() {
            return versions == 0 ? 1 : (double) verified / versions;
        }
    }
}
