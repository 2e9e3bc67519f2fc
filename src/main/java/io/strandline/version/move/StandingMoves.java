package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditEntry;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.catalog.history.Instance;
import io.strandline.job.Claim;
import io.strandline.job.Launch;
import io.strandline.snapshot.SnapshotId;
import io.strandline.version.move.HeadMove.Traces;
import io.strandline.version.move.MovePlan.Origin;
import io.strandline.version.move.Moves.Earlier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads back from the journal's index what a move that an earlier process made was, and what it left: the branch before it,
 * holds, the tag, the fork it stopped, and what ran.
 */
@Component
final class StandingMoves {

    private static final int MANY = 10_000;
    private static final int FAR_BACK = 50;

    private final Planning planning;
    private final Catalog catalog;
    private final History history;
    private final Undos undos;

    StandingMoves(Planning planning, Catalog catalog, History history, Undos undos) {
        this.planning = planning;
        this.catalog = catalog;
        this.history = history;
        this.undos = undos;
    }

    /** The plan of a move that was made, its branch as it was before; takes the branches it is about. */
    MovePlan plan(Job job, MoveRequest request, HeadEntry moved) {
        MoveVerb verb = MoveVerb.valueOf(moved.verb());
        return planning.claimed(job, moved.branch(), verb, claim -> {
            Origin origin = origin(job, request, moved);
            boolean planned = false;
            try {
                MovePlan plan = plan(job, request, moved, origin, claim);
                planned = true;
                return plan;
            } finally {
                if (!planned && origin instanceof Origin.Fork fork) {
                    fork.claim().close();
                }
            }
        });
    }

    private MovePlan plan(Job job, MoveRequest request, HeadEntry moved, Origin origin, Claim claim) {
        Branch now = planning.branch(claim);
        return new MovePlan(
                job,
                before(now, moved),
                MoveVerb.valueOf(moved.verb()),
                planning.destinations().standing(now, target(moved), origin),
                request.options(),
                claim);
    }

    /** What a move left in the journal besides the head. */
    Traces traces(MovePlan plan, String operationId) {
        List<String> holds = audit(operationId, "hold-placed").stream()
                .map(entry -> afterColon(entry.subject()))
                .filter(id -> catalog.hold(plan.job().id(), id)
                        .map(Hold::owner)
                        .filter(Hold.ofMovesOf(plan.branch().name())::equals)
                        .isPresent())
                .toList();
        String tag = audit(operationId, "tag-created").stream()
                .map(entry -> afterColon(entry.subject()))
                .findFirst()
                .orElse(null);
        String stopped = plan.destination().because() instanceof Origin.Fork fork && stopped(fork, operationId)
                ? fork.fork().name()
                : null;
        return new Traces(holds, tag, stopped);
    }

    /** What ran before a move: what the operation ended, or what is still meant to run. */
    Earlier earlier(MovePlan plan, String operationId) {
        String because = plan.verb().because();
        Set<String> ended = subjects(operationId, "instance-ended");
        Set<String> begun = subjects(operationId, "instance-started");
        List<Instance> instances = history.instances(plan.job().id(), null, null, FAR_BACK);
        boolean ran = runs(plan.branch().name(), instances, ended)
                || plan.claim().wanted() && !runs(plan.branch().name(), instances, begun);
        Launch fork = plan.destination().because() instanceof Origin.Fork origin && stopped(origin, operationId)
                ? origin.claim().continuation(because)
                : null;
        return new Earlier(before(plan, instances, because), ran, fork);
    }

    private Origin origin(Job job, MoveRequest request, HeadEntry moved) {
        if (request instanceof PromoteRequest promote) {
            Claim claim = planning.claim(job, promote.branch(), MoveVerb.PROMOTE);
            return new Origin.Fork(planning.branch(claim), claim);
        }
        if (request instanceof UndoRequest) {
            return undos.last(job.id(), moved.branch(), moved.sequence())
                    .<Origin>map(Origin.Reversed::new)
                    .orElse(new Origin.Named());
        }
        return new Origin.Named();
    }

    private @Nullable Snapshot target(HeadEntry moved) {
        Snapshot head = version(moved.to());
        SnapshotId reverted = head == null ? null : head.revertsTo();
        return moved.verb().equals(MoveVerb.REVERT.name()) && reverted != null ? version(reverted) : head;
    }

    private Branch before(Branch now, HeadEntry moved) {
        HeadEntry.Before before = moved.before();
        Snapshot head = version(moved.from());
        return now.at(
                moved.from(),
                head == null ? null : head.number(),
                before == null ? now.line() : before.line(),
                before == null ? now.pipelineVersion() : before.pipelineVersion());
    }

    private Launch before(MovePlan plan, List<Instance> instances, String because) {
        Launch next = plan.claim().continuation(because);
        return instances.stream()
                .filter(instance -> instance.branch().equals(plan.branch().name()))
                .filter(instance -> because.equals(instance.endedBecause()))
                .findFirst()
                .map(last -> Launch.again(
                        because, last, plan.branch().head(), plan.branch().line()))
                .orElse(next);
    }

    private boolean stopped(Origin.Fork fork, String operationId) {
        return subjects(operationId, "desired-state-set").contains(fork.fork().name());
    }

    private static boolean runs(String branch, List<Instance> instances, Set<String> ids) {
        return instances.stream().anyMatch(instance -> instance.branch().equals(branch) && ids.contains(instance.id()));
    }

    private Set<String> subjects(String operationId, String action) {
        return audit(operationId, action).stream()
                .map(entry -> afterColon(entry.subject()))
                .collect(Collectors.toSet());
    }

    private List<AuditEntry> audit(String operationId, String action) {
        return history.audit(AuditFilter.ofOperation(operationId, action), null, MANY);
    }

    private static String afterColon(String subject) {
        return subject.substring(subject.indexOf(':') + 1);
    }

    private @Nullable Snapshot version(@Nullable SnapshotId id) {
        return Optional.ofNullable(id).flatMap(catalog::snapshot).orElse(null);
    }
}
