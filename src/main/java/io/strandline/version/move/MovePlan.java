package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.job.Claim;
import io.strandline.job.Launch;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A move of a head that nothing stands in the way of.
 *
 * @param job the job
 * @param branch the branch as it was when the move was accepted
 * @param verb what moves its head
 * @param destination where to
 * @param options how
 * @param claim the right to do it
 */
public record MovePlan(Job job, Branch branch, MoveVerb verb, Destination destination, Options options, Claim claim)
        implements AutoCloseable {

    /**
     * Where a head goes.
     *
     * @param target the version, null for none
     * @param manifest its content, null when there is no version
     * @param line what sinks may keep there
     * @param pipelineVersion the pipeline that runs from then on
     * @param because what the destination comes from besides
     */
    record Destination(
            @Nullable Snapshot target,
            @Nullable Manifest manifest,
            List<LineSegment> line,
            int pipelineVersion,
            Origin because) {

        Destination {
            line = List.copyOf(line);
        }
    }

    /**
     * How a move is to be made.
     *
     * @param leavesOutputs whether output that the new head does not have stays where it is
     * @param start whether an instance is to run afterwards; null for one if one ran
     * @param safetySnapshot whether what runs takes a snapshot first
     * @param dropsState whether state that the pipeline does not know may be lost
     */
    record Options(boolean leavesOutputs, @Nullable Boolean start, boolean safetySnapshot, boolean dropsState) {

        /** Those of a request's fields. */
        static Options of(
                MoveRequest.@Nullable Outputs outputs,
                @Nullable Boolean start,
                boolean safetySnapshot,
                @Nullable Boolean allowDroppedState) {
            boolean leave = outputs == MoveRequest.Outputs.LEAVE;
            return new Options(leave, start, safetySnapshot, Boolean.TRUE.equals(allowDroppedState));
        }

        /** The line of a branch that goes from one to another: what sinks may keep. */
        List<LineSegment> kept(List<LineSegment> before, List<LineSegment> after) {
            if (!leavesOutputs) {
                return after;
            }
            List<LineSegment> both = new ArrayList<>(before);
            after.stream()
                    .filter(segment -> before.stream().noneMatch(other -> covers(other, segment)))
                    .forEach(both::add);
            return both;
        }

        private static boolean covers(LineSegment outer, LineSegment inner) {
            return outer.branch().equals(inner.branch())
                    && outer.firstNumber() <= inner.firstNumber()
                    && outer.lastNumber() >= inner.lastNumber();
        }
    }

    /** What a destination comes from. */
    sealed interface Origin {

        /** A version that somebody named. */
        record Named() implements Origin {}

        /**
         * The head of a fork, which is stopped with the move.
         *
         * @param fork the branch
         * @param claim the right to stop it
         */
        record Fork(Branch fork, Claim claim) implements Origin {}

        /**
         * An earlier move of the branch, which is reversed.
         *
         * @param move the move
         */
        record Reversed(HeadEntry move) implements Origin {}
    }

    /** The version it goes to, null for none. */
    public @Nullable Snapshot target() {
        return destination.target();
    }

    /** The pipeline that runs from then on. */
    public int pipelineVersion() {
        return destination.pipelineVersion();
    }

    /** How the next instance begins, from a head of the branch; {@code last} is how what ran last went on. */
    Launch launch(@Nullable SnapshotId from, List<LineSegment> line, Launch last) {
        boolean same = last.pipelineVersion() == pipelineVersion();
        return new Launch(
                verb.because(),
                pipelineVersion(),
                same ? last.parallelism() : null,
                same ? last.backend() : null,
                from,
                line,
                options.dropsState(),
                null);
    }

    /** Refuses what could not start, before anything is touched. */
    void check() {
        List<LineSegment> line = options.kept(branch.line(), destination.line());
        Snapshot target = target();
        Launch launch = launch(target == null ? null : target.id(), line, claim.continuation(verb.because()));
        Boolean start = options.start();
        if (start == null ? claim.wanted() : start) {
            checkStart(launch);
        } else {
            claim.checkAtRest(launch);
        }
    }

    private void checkStart(Launch launch) {
        try {
            claim.check(launch);
        } catch (StrandlineException e) {
            if (e.code() != ErrorCode.SINK_CHOICE_REQUIRED) {
                throw e;
            }
            Problem problem = e.problem();
            throw problem.withDetail(problem.detail() + " A move cannot say it: make it with start: false, then start "
                            + branch.name() + " with sinks.")
                    .asException(e);
        }
    }

    /** Says which operation does it, so that what stands in others' way has a name. */
    public void heldFor(String operation, BooleanSupplier over) {
        claim.heldFor(operation, over);
        if (destination.because() instanceof Origin.Fork fork) {
            fork.claim().heldFor(operation, over);
        }
    }

    /** Gives back the right to do it. */
    @Override
    public void close() {
        try (Claim mine = claim) {
            if (destination.because() instanceof Origin.Fork fork) {
                fork.claim().close();
            }
        }
    }
}
