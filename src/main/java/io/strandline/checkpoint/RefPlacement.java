package io.strandline.checkpoint;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger.Companions;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.Tag;
import io.strandline.catalog.lookup.RefNames;
import io.strandline.checkpoint.PendingRequests.Pending;
import io.strandline.checkpoint.SnapshotRequest.HoldRequest;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gives a version that was asked for its tag and hold, in the entry that makes it one. */
@Component
final class RefPlacement {

    private final Catalog catalog;
    private final PendingRequests requests;
    private final TimeOrderedIds ids;
    private final Clock clock;

    RefPlacement(Catalog catalog, PendingRequests requests, TimeOrderedIds ids, Clock clock) {
        this.catalog = catalog;
        this.requests = requests;
        this.ids = ids;
        this.clock = clock;
    }

    /** Who asked for an attempt, empty for a periodic one. */
    Optional<Pending> pending(String requestId) {
        return requests.find(requestId);
    }

    /** The tag and hold that a version was asked for with; a refusal is kept with the request, the version stays. */
    Optional<Companions> with(Manifest version, Pending asked) {
        if (asked.request().tag() == null && asked.request().hold() == null) {
            return Optional.empty();
        }
        return Optional.of(new Companions() {
            @Override
            public List<Change> decide() {
                return changes(version, asked);
            }

            @Override
            public void refused(StrandlineException why) {
                asked.refuse(why);
            }
        });
    }

    private List<Change> changes(Manifest version, Pending asked) {
        List<Change> changes = new ArrayList<>();
        Instant now = clock.instant();
        String actor = asked.cause().actor();
        HoldRequest hold = asked.request().hold();
        if (hold != null) {
            changes.add(new HoldPlaced(new Hold(
                    ids.next().toString(),
                    version.jobId(),
                    version.id(),
                    Hold.Kind.USER,
                    hold.reason(),
                    actor,
                    null,
                    now,
                    hold.expiresAt())));
        }
        String tag = asked.request().tag();
        if (tag != null) {
            refuseTaken(version.jobId(), tag);
            String message = asked.request().description();
            changes.add(new TagCreated(
                    new Tag(version.jobId(), tag, version.id(), version.number(), message, actor, now, null)));
        }
        return changes;
    }

    /** Refuses a name that a tag or branch of the job has. */
    void refuseTaken(String jobId, String name) {
        if (catalog.tag(jobId, name).isPresent()) {
            throw new StrandlineException(
                    ErrorCode.TAG_EXISTS,
                    "There is a tag '" + name + "' already; delete it first or choose another name.");
        }
        RefNames.refuseBranch(catalog, jobId, name);
    }
}
