package io.strandline.inspect;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Changes;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.SnapshotVerified;
import io.strandline.catalog.Verification;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.Verification.Outcome;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.storage.Digest;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Writes down what examinations found, in the version they looked at and in every other that names a damaged file. */
@Component
final class DamageTrace {

    private final Ledger ledger;
    private final Catalog catalog;
    private final DamageFlags flags;
    private final Clock clock;

    DamageTrace(Ledger ledger, Catalog catalog, DamageFlags flags, Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.flags = flags;
        this.clock = clock;
    }

    /** The other versions that need one of these files. */
    List<Snapshot> others(Snapshot version, Collection<Digest> damaged) {
        return flags.others(version, damaged);
    }

    /** Records what was found and returns the version as it is from then on. */
    Snapshot record(Snapshot version, Level level, Examination seen, List<Snapshot> others, Cause cause) {
        Snapshot after = ledger.change(new OfJob(version.jobId()), cause, changes -> {
            Snapshot now = catalog.snapshot(version.id()).orElseThrow();
            if (now.state() != Snapshot.State.PURGED) {
                recordFor(now, level, seen, changes);
            }
            return catalog.snapshot(version.id()).orElseThrow();
        });
        others.forEach(other -> flags.flag(other, version, cause));
        return after;
    }

    private void recordFor(Snapshot now, Level level, Examination seen, Changes changes) {
        Condition condition = condition(now, level, seen);
        Verification verification = verification(now, level, seen, condition);
        String stateDigest = seen.stateDigest() == null ? now.stateDigest() : seen.stateDigest();
        boolean news = condition != now.condition()
                || !verification.equals(now.verification())
                || !Objects.equals(stateDigest, now.stateDigest());
        if (news) {
            changes.record(new SnapshotVerified(now.id(), verification, condition, stateDigest));
        }
    }

    /** What was flagged before is well again only when every byte was read. */
    private static Condition condition(Snapshot now, Level level, Examination seen) {
        if (seen.manifestGone()) {
            return Condition.LOST;
        }
        if (seen.damaged()) {
            return Condition.DAMAGED;
        }
        return level.compareTo(Level.CHECKSUMS) >= 0 ? Condition.OK : now.condition();
    }

    /** A glance that finds nothing neither clears a damaged version nor replaces a deeper look that found nothing. */
    private Verification verification(Snapshot now, Level level, Examination seen, Condition condition) {
        if (!seen.findings().isEmpty()) {
            return new Verification(level, clock.instant(), Outcome.DAMAGED);
        }
        Verification before = now.verification();
        boolean deeperBefore = before.outcome() == Outcome.INTACT
                && before.level() != null
                && before.level().compareTo(level) > 0;
        return condition != Condition.OK || deeperBefore
                ? before
                : new Verification(level, clock.instant(), Outcome.INTACT);
    }
}
