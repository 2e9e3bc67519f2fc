package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.catalog.SinkChoice;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.job.Claim;
import io.strandline.job.JobPipelines;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.runner.OutputStore;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.version.PipelineChoice;
import io.strandline.version.PipelineChoices;
import io.strandline.version.move.MovePlan.Destination;
import io.strandline.version.move.MovePlan.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out what a head would go to: the version's content, the line of its output, and the pipeline that would run. */
@Component
final class Destinations {

    private final StoredVersions stored;
    private final DamageFlags damage;
    private final JobPipelines pipelines;
    private final PipelineChoices choices;
    private final OutputStore outputs;

    Destinations(
            StoredVersions stored,
            DamageFlags damage,
            JobPipelines pipelines,
            PipelineChoices choices,
            OutputStore outputs) {
        this.stored = stored;
        this.damage = damage;
        this.pipelines = pipelines;
        this.choices = choices;
        this.outputs = outputs;
    }

    /**
     * A version that somebody named.
     *
     * @throws io.strandline.problem.StrandlineException {@code damaged}, {@code snapshot-lost}, {@code
     *     pipeline-choice-required}
     */
    Destination named(Job job, Branch branch, Snapshot target, @Nullable PipelineChoice choice) {
        int pipelineVersion = choices.choose(job, branch.pipelineVersion(), target, choice);
        Manifest manifest = manifest(target);
        return new Destination(target, manifest, manifest.line(), pipelineVersion, new Origin.Named());
    }

    /** The head of a fork, with the fork's pipeline. */
    Destination fork(Branch fork, Snapshot head, Claim claim) {
        Manifest manifest = manifest(head);
        return new Destination(head, manifest, manifest.line(), fork.pipelineVersion(), new Origin.Fork(fork, claim));
    }

    /**
     * Where a branch was before a move: with the line and, unless somebody has changed it since, the pipeline that it had.
     */
    Destination before(Branch branch, HeadEntry move, @Nullable Snapshot target) {
        Manifest manifest = target == null ? null : manifest(target);
        HeadEntry.Before before = move.before();
        List<LineSegment> line = manifest == null ? List.of() : manifest.line();
        int pipelineVersion = branch.pipelineVersion();
        if (before != null) {
            line = before.line();
            boolean asMoved = move.toPipeline() == null || move.toPipeline() == pipelineVersion;
            pipelineVersion = asMoved ? before.pipelineVersion() : pipelineVersion;
        }
        return new Destination(target, manifest, line, pipelineVersion, new Origin.Reversed(move));
    }

    /** What a move that has been made went to. */
    Destination standing(Branch now, @Nullable Snapshot target, Origin origin) {
        Manifest manifest = target == null ? null : manifest(target);
        return new Destination(target, manifest, now.line(), now.pipelineVersion(), origin);
    }

    /** Refuses to leave behind what a sink has shown and cannot take back. */
    void refuseIrrevocable(Job job, Branch branch, @Nullable Snapshot target) {
        List<String> sinks =
                outputs
                        .irrevocableSinks(
                                pipelines.version(job, branch.pipelineVersion()).document())
                        .stream()
                        .filter(sink -> !isDisabled(branch.sinks().get(sink)))
                        .toList();
        if (!sinks.isEmpty()) {
            String since = target == null ? "" : " since version " + target.number();
            throw Problem.of(
                            ErrorCode.OUTPUT_NOT_REVERTIBLE,
                            "What " + String.join(", ", sinks) + " has put into a database" + since
                                    + " cannot be taken back; send outputs LEAVE to leave it there.")
                    .asException();
        }
    }

    private static boolean isDisabled(@Nullable SinkChoice choice) {
        return choice != null && choice.mode() == SinkChoice.Mode.DISABLED;
    }

    private Manifest manifest(Snapshot version) {
        return damage.watching(version, () -> stored.manifest(version));
    }
}
