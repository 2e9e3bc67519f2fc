package io.strandline.retention.plan;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.Tag;
import io.strandline.catalog.history.Housekeeping;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Releases tags and holds whose time has come, undo holds among them; each release is in the journal. */
@Component
final class ExpiredReferences {

    private static final Cause CAUSE = Cause.system("expired");

    private final Housekeeping housekeeping;
    private final Ledger ledger;
    private final RetentionMeters meters;

    ExpiredReferences(Housekeeping housekeeping, Ledger ledger, RetentionMeters meters) {
        this.housekeeping = housekeeping;
        this.ledger = ledger;
        this.meters = meters;
    }

    /** Releases all that have expired at {@code now}. */
    void release(Instant now) {
        for (Tag tag : housekeeping.expiredTags(now)) {
            release(
                    tag.jobId(),
                    new TagDeleted(tag.jobId(), tag.name()),
                    () -> housekeeping.expiredTags(now).contains(tag));
        }
        for (Hold hold : housekeeping.expiredHolds(now)) {
            release(
                    hold.jobId(),
                    new HoldReleased(hold.jobId(), hold.id()),
                    () -> housekeeping.expiredHolds(now).contains(hold));
        }
    }

    private void release(String jobId, Change release, BooleanSupplier stillExpired) {
        boolean released = ledger.change(new Ledger.Scope.OfJob(jobId), CAUSE, changes -> {
            boolean expired = stillExpired.getAsBoolean();
            if (expired) {
                changes.record(release);
            }
            return expired;
        });
        if (released) {
            meters.referenceReleased();
        }
    }
}
