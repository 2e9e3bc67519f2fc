package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.pipeline.RestartSpec.Fallback;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Knows from where else a branch may go on when its head is damaged and its pipeline says {@code fallback:
 * INTACT_ANCESTOR}: the nearest ancestors, each with the move of the head that goes with it.
 */
@Component
final class Fallbacks {

    private static final Set<ErrorCode> DAMAGE = EnumSet.of(ErrorCode.DAMAGED, ErrorCode.SNAPSHOT_LOST);
    private static final Duration HELD_FOR = Duration.ofDays(7);
    private static final int FAR_BACK = 50;

    private final Catalog catalog;
    private final History history;
    private final StoredVersions stored;
    private final StartChecks checks;
    private final Clock clock;

    Fallbacks(Catalog catalog, History history, StoredVersions stored, StartChecks checks, Clock clock) {
        this.catalog = catalog;
        this.history = history;
        this.stored = stored;
        this.checks = checks;
        this.clock = clock;
    }

    /**
     * One way to go on.
     *
     * @param launch from an ancestor
     * @param moves what becomes true with it
     */
    record Step(Launch launch, Supplier<List<Change>> moves) {

        List<Change> changes() {
            return moves.get();
        }
    }

    /** The ways to go on after {@code refused} was refused, nearest first; none when it was not for damage, or not allowed. */
    List<Step> after(BranchRef on, Launch refused, StrandlineException refusal) {
        SnapshotId damaged = refused.from();
        if (damaged == null || !DAMAGE.contains(refusal.code()) || !allowed(on, refused)) {
            return List.of();
        }
        List<Snapshot> line = history.ancestors(damaged, FAR_BACK);
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i < line.size(); i++) {
            List<Snapshot> later = line.subList(0, i);
            step(on, refused, line.get(i), later).ifPresent(steps::add);
        }
        return steps;
    }

    private boolean allowed(BranchRef on, Launch refused) {
        String document = checks.document(on, refused.pipelineVersion());
        return checks.parse(document).document().restart().fallback() == Fallback.INTACT_ANCESTOR;
    }

    private Optional<Step> step(BranchRef on, Launch refused, Snapshot ancestor, List<Snapshot> later) {
        if (ancestor.state() != Snapshot.State.COMPLETED || ancestor.condition() != Snapshot.Condition.OK) {
            return Optional.empty();
        }
        try {
            List<LineSegment> line = stored.manifest(ancestor).line();
            Launch launch = new Launch(
                    Launch.FALLBACK,
                    refused.pipelineVersion(),
                    refused.parallelism(),
                    refused.backend(),
                    ancestor.id(),
                    line,
                    refused.allowDroppedState(),
                    null);
            return Optional.of(new Step(launch, () -> moves(on, ancestor, line, later)));
        } catch (StrandlineException unreadable) {
            return Optional.empty();
        }
    }

    private List<Change> moves(BranchRef on, Snapshot ancestor, List<LineSegment> line, List<Snapshot> later) {
        SnapshotId head =
                catalog.branch(on.jobId(), on.branch()).map(Branch::head).orElse(null);
        List<Change> changes = new ArrayList<>();
        changes.add(new HeadMoved(
                on.jobId(), on.branch(), head, ancestor.id(), ancestor.number(), line, Launch.FALLBACK, null));
        Instant now = clock.instant();
        for (Snapshot version : later) {
            changes.add(new HoldPlaced(new Hold(
                    UUID.randomUUID().toString(),
                    on.jobId(),
                    version.id(),
                    Hold.Kind.SYSTEM,
                    "the branch fell back to version " + ancestor.number(),
                    "system",
                    Hold.ofMovesOf(on.branch()),
                    now,
                    now.plus(HELD_FOR))));
        }
        return changes;
    }
}
