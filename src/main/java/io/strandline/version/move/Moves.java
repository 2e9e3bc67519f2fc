package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Snapshot;
import io.strandline.checkpoint.Checkpoints;
import io.strandline.job.Claim;
import io.strandline.job.Launch;
import io.strandline.operation.Work.Course;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.OutputMove;
import io.strandline.version.Holds;
import io.strandline.version.move.MoveOutcome.Safety;
import io.strandline.version.move.MovePlan.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Carries plans out, all or nothing: when the new start fails, the head, the pipeline, a fork that was stopped and the old
 * instance come back.
 */
@Component
public final class Moves {

    private final HeadMove.Tools tools;
    private final Checkpoints checkpoints;
    private final Holds holds;

    Moves(HeadMove.Tools tools, Checkpoints checkpoints, Holds holds) {
        this.tools = tools;
        this.checkpoints = checkpoints;
        this.holds = holds;
    }

    /**
     * What ran before a move, and how it would have gone on.
     *
     * @param last how the branch goes on
     * @param ran whether it was meant to run
     * @param fork how the fork goes on that is promoted, null when there is none or it was not meant to run
     */
    record Earlier(Launch last, boolean ran, @Nullable Launch fork) {}

    /**
     * Makes the move. Closes the plan.
     *
     * @throws StrandlineException why the new start failed; then everything is as it was
     */
    public MoveOutcome run(MovePlan plan, Course course) {
        try (plan) {
            course.stage("safety-snapshot");
            List<Safety> safety = safetySnapshots(plan, course);
            course.checkCancelled();
            course.stage("move-head");
            HeadMove move = new HeadMove(plan, tools);
            Earlier earlier = earlier(plan);
            boolean start = starts(plan, earlier.ran());
            Cause cause = course.cause();
            return withWayBack(move, plan, earlier, cause, () -> {
                stopFork(plan, cause);
                Branch.Desired desired = start ? null : Branch.Desired.STOPPED;
                plan.claim().stop(plan.verb().because(), desired, cause, () -> move.changes(cause));
                Snapshot head = move.complete(cause);
                return new MoveOutcome(
                        plan.target(),
                        move.previousHead(),
                        head,
                        move.tag(),
                        safety,
                        start,
                        start ? start(move, plan, earlier.last(), course) : List.of());
            });
        } finally {
            holds.letGo(course.operationId(), plan.job(), course.cause());
        }
    }

    /** Gives back what accepting it took, when the operation will not do it. */
    public void giveUp(MovePlan plan, String operationId, Cause cause) {
        try (plan) {
            holds.letGo(operationId, plan.job(), cause);
        }
    }

    /** Starts what a move that has been made is to end with; when that fails, takes the move back. Closes the plan. */
    MoveOutcome finish(MovePlan plan, HeadMove.Traces traces, Earlier earlier, Course course) {
        try (plan) {
            HeadMove move = new HeadMove(plan, tools, plan.branch(), traces);
            boolean start = starts(plan, earlier.ran());
            return withWayBack(
                    move,
                    plan,
                    earlier,
                    course.cause(),
                    () -> new MoveOutcome(
                            plan.target(),
                            move.previousHead(),
                            move.head(),
                            move.tag(),
                            List.of(),
                            start,
                            start ? start(move, plan, earlier.last(), course) : List.of()));
        } finally {
            holds.letGo(course.operationId(), plan.job(), course.cause());
        }
    }

    /** A part of a move that may fail. */
    @FunctionalInterface
    private interface Step {
        MoveOutcome take();
    }

    private MoveOutcome withWayBack(HeadMove move, MovePlan plan, Earlier earlier, Cause cause, Step step) {
        try {
            return step.take();
        } catch (StrandlineException e) {
            throw comeBack(move, plan, earlier, cause, e);
        }
    }

    private static boolean starts(MovePlan plan, boolean ran) {
        Boolean asked = plan.options().start();
        return asked == null ? ran : asked;
    }

    private static Earlier earlier(MovePlan plan) {
        String because = plan.verb().because();
        Launch fork = plan.destination().because() instanceof Origin.Fork origin
                        && origin.claim().wanted()
                ? origin.claim().continuation(because)
                : null;
        return new Earlier(plan.claim().continuation(because), plan.claim().wanted(), fork);
    }

    /** A fork's snapshot is what it is promoted with; one of a branch whose head may only go forward would be in the way. */
    private List<Safety> safetySnapshots(MovePlan plan, Course course) {
        List<Safety> taken = new ArrayList<>();
        if (plan.destination().because() instanceof Origin.Fork fork) {
            safetySnapshot(fork.claim(), course, taken);
        }
        boolean wanted = plan.options().safetySnapshot();
        if (wanted
                && (plan.verb() == MoveVerb.REVERT || plan.branch().protection().resettable())) {
            safetySnapshot(plan.claim(), course, taken);
        }
        return taken;
    }

    private void safetySnapshot(Claim claim, Course course, List<Safety> taken) {
        claim.instance()
                .map(instance -> checkpoints.takeSafety(instance, course.operationId()))
                .ifPresent(outcome -> taken.add(new Safety(claim.on().branch(), outcome)));
    }

    /** What is wanted of the fork changes with the head of main, so that a crash in between leaves it running. */
    private static void stopFork(MovePlan plan, Cause cause) {
        if (plan.destination().because() instanceof Origin.Fork fork) {
            fork.claim().stop(plan.verb().because(), null, cause, List::of);
        }
    }

    private static List<OutputMove> start(HeadMove move, MovePlan plan, Launch last, Course course) {
        course.stage("start");
        plan.claim().giveUpWhen(course::cancelRequested);
        return plan.claim().start(move.next(last), course.cause(), List::of);
    }

    private StrandlineException comeBack(
            HeadMove move, MovePlan plan, Earlier earlier, Cause cause, StrandlineException failure) {
        plan.claim().giveUpWhen(() -> false);
        String detail = failure.problem().detail();
        try {
            String back = bringBack(move, plan.claim(), earlier, cause);
            bringForkBack(plan, earlier, cause);
            return failed(failure, detail + " " + back);
        } catch (StrandlineException again) {
            move.undo(cause);
            plan.claim().resume();
            resumeFork(plan, earlier);
            again.addSuppressed(failure);
            return failed(
                    again,
                    detail + " The head is back, but the job did not come up again either: "
                            + again.problem().detail());
        }
    }

    private static String bringBack(HeadMove move, Claim claim, Earlier earlier, Cause cause) {
        if (claim.instance().isPresent()) {
            return "The head is where it was.";
        }
        if (!earlier.ran()) {
            move.undo(cause);
            return "The head is back where it was.";
        }
        claim.start(move.old(earlier.last()), cause, move::back);
        return "The head is back and the job runs again as before.";
    }

    private void bringForkBack(MovePlan plan, Earlier earlier, Cause cause) {
        Launch last = earlier.fork();
        if (last == null
                || !(plan.destination().because() instanceof Origin.Fork fork)
                || fork.claim().instance().isPresent()) {
            return;
        }
        Branch now =
                tools.catalog().branch(fork.fork().jobId(), fork.fork().name()).orElse(fork.fork());
        fork.claim().start(last.goingOnFrom(now), cause, List::of);
    }

    private static void resumeFork(MovePlan plan, Earlier earlier) {
        if (earlier.fork() != null && plan.destination().because() instanceof Origin.Fork fork) {
            fork.claim().resume();
        }
    }

    private static StrandlineException failed(StrandlineException cause, String detail) {
        return cause.problem().withDetail(detail).asException(cause);
    }
}
