package io.strandline.retention.gc;

import io.strandline.catalog.history.Housekeeping;
import io.strandline.retention.inventory.AuditFindings;
import io.strandline.storage.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what a run does, for its report. */
final class Tally {

    private final List<String> skipped = new ArrayList<>();
    private final Set<Digest> condemned = new HashSet<>();
    private int purgedVersions;
    private int purgedJobs;
    private long condemnedBytes;
    private int expectedFiles;
    private long expectedBytes;
    private int pinnedFiles;
    private int deletedFiles;
    private long freedBytes;
    private int quarantinedFiles;
    private long quarantinedBytes;
    private int unknownFiles;
    private long unknownBytes;
    private int manifestsRead;
    private @Nullable AuditFindings audit;

    void purgedVersions(int versions) {
        purgedVersions += versions;
    }

    void purgedJob() {
        purgedJobs++;
    }

    void skipped(String why) {
        skipped.add(why);
    }

    void condemned(Digest digest, long bytes) {
        condemned.add(digest);
        condemnedBytes += bytes;
    }

    /** In a dry run: files that would go into quarantine with the versions that would be purged. */
    void wouldCondemn(Housekeeping.Room room) {
        expectedFiles += room.files();
        expectedBytes += room.bytes();
    }

    void pinned() {
        pinnedFiles++;
    }

    void unknown(long bytes) {
        unknownFiles++;
        unknownBytes += bytes;
    }

    void swept(Sweeper.Swept swept) {
        deletedFiles += swept.files();
        freedBytes += swept.freedBytes();
        quarantinedFiles += swept.quarantinedFiles();
        quarantinedBytes += swept.quarantinedBytes();
        manifestsRead += swept.manifests();
    }

    void audited(AuditFindings findings) {
        audit = findings;
    }

    /** Whether this run condemned the file. */
    boolean hasCondemned(Digest digest) {
        return condemned.contains(digest);
    }

    GcRun report(String id, GcOrder order, Instant startedAt, Instant endedAt, @Nullable String fault) {
        return new GcRun(
                id,
                order.mode(),
                order.cause().actor(),
                startedAt,
                endedAt,
                fault == null ? GcRun.Outcome.DONE : GcRun.Outcome.REFUSED,
                fault,
                purgedVersions,
                purgedJobs,
                skipped,
                condemned.size() + expectedFiles,
                condemnedBytes + expectedBytes,
                pinnedFiles,
                deletedFiles,
                freedBytes,
                quarantinedFiles,
                quarantinedBytes,
                unknownFiles,
                unknownBytes,
                manifestsRead,
                audit);
    }
}
