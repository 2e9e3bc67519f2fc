package io.strandline.catalog.lookup;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Flags versions that somebody found damaged, and every other version that names a damaged file. */
@Component
public final class DamageFlags {

    private static final Logger log = LoggerFactory.getLogger(DamageFlags.class);

    private final Ledger ledger;
    private final Catalog catalog;
    private final Housekeeping housekeeping;

    public DamageFlags(Ledger ledger, Catalog catalog, Housekeeping housekeeping) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.housekeeping = housekeeping;
    }

    /** Does what reads a version; when that is refused because its manifest is damaged or gone, the version is flagged. */
    public <T> T watching(Snapshot version, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StrandlineException e) {
            if (e.code() == ErrorCode.DAMAGED || e.code() == ErrorCode.SNAPSHOT_LOST) {
                Condition condition = e.code() == ErrorCode.DAMAGED ? Condition.DAMAGED : Condition.LOST;
                found(version, condition, e.problem().detail(), List.of());
            }
            throw e;
        }
    }

    /**
     * A version that was to be used has damaged files; it and all that need them are flagged, if that can be done now.
     *
     * @param files their digests
     */
    public void found(Snapshot version, String detail, List<String> files) {
        found(
                version,
                Condition.DAMAGED,
                detail,
                files.stream().map(Digest::parse).toList());
    }

    /** A version's manifest is gone; the version is flagged, if that can be done now. */
    public void lost(Snapshot version, String detail) {
        found(version, Condition.LOST, detail, List.of());
    }

    private void found(Snapshot version, Condition condition, String detail, Collection<Digest> files) {
        Cause cause = Cause.system("found when the version was to be used");
        try {
            flag(version, condition, detail, cause);
            others(version, files).forEach(other -> flag(other, version, cause));
        } catch (StrandlineException e) {
            log.warn("version {} is {}, which could not be noted: {}", version.id(), condition, e.getMessage());
        }
    }

    /** The other versions that need one of these files. */
    public List<Snapshot> others(Snapshot version, Collection<Digest> damaged) {
        Map<SnapshotId, Snapshot> others = new LinkedHashMap<>();
        for (Digest digest : damaged) {
            for (Snapshot other : housekeeping.versionsNaming(digest)) {
                if (!other.id().equals(version.id())) {
                    others.put(other.id(), other);
                }
            }
        }
        return List.copyOf(others.values());
    }

    /** Flags a version that shares a damaged file with {@code origin}. */
    public void flag(Snapshot other, Snapshot origin, Cause cause) {
        String detail = "it shares a damaged file with version %d (%s)".formatted(origin.number(), origin.id());
        flag(other, Condition.DAMAGED, detail, cause);
    }

    private void flag(Snapshot version, Condition condition, String detail, Cause cause) {
        ledger.change(new OfJob(version.jobId()), cause, changes -> {
            catalog.snapshot(version.id())
                    .filter(now -> now.state() != Snapshot.State.PURGED && now.condition() == Condition.OK)
                    .ifPresent(now -> {
                        log.warn("version {} of job {} is {}: {}", now.number(), now.jobId(), condition, detail);
                        changes.record(new ConditionChanged(now.id(), condition, detail));
                    });
            return version.id();
        });
    }
}
