package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.SinkChoice;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.JobRunner;
import io.strandline.runner.SinkRoute;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.TimeOrderedIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds every reason why an instance could not start, before anything is touched. */
@Component
final class StartChecks {

    private final Catalog catalog;
    private final StoredVersions versions;
    private final Pipelines pipelines;
    private final JobRunner runner;
    private final TimeOrderedIds ids;
    private final DamageFlags damage;

    StartChecks(
            Catalog catalog,
            StoredVersions versions,
            Pipelines pipelines,
            JobRunner runner,
            TimeOrderedIds ids,
            DamageFlags damage) {
        this.catalog = catalog;
        this.versions = versions;
        this.pipelines = pipelines;
        this.runner = runner;
        this.ids = ids;
        this.damage = damage;
    }

    /**
     * What the runner will be given, epoch aside, once nothing stands in the way.
     *
     * @throws StrandlineException {@code damaged}, {@code snapshot-lost}, {@code state-lost}, {@code incompatible-state},
     *     {@code invalid-pipeline} with a pointer for a connector, {@code output-taken}, {@code sink-choice-required}, {@code
     *     pipeline-version-not-found}, {@code signature-missing}, {@code signature-invalid}
     */
    InstanceSpec prepare(BranchRef on, Launch launch) {
        return prepare(on, launch, true);
    }

    /** Refuses as {@link #prepare} for a branch that is not to run now: nobody has to say yet where its sinks write. */
    void checkAtRest(BranchRef on, Launch launch) {
        prepare(on, launch, false);
    }

    private InstanceSpec prepare(BranchRef on, Launch launch, boolean starts) {
        Job job = job(on.jobId());
        PipelineVersion pipeline = pipeline(job, launch.pipelineVersion());
        Map<String, SinkRoute> routes = routes(on, launch, pipeline, starts);
        Snapshot from =
                launch.from() == null ? null : version(launch.from().toString(), catalog.snapshot(launch.from()));
        Manifest manifest = from == null ? null : damage.watching(from, () -> versions.trusted(from));
        if (manifest != null) {
            refuseIncompatible(compatibility(manifest, pipeline.document()), launch.allowDroppedState());
        }
        InstanceSpec spec = new InstanceSpec(
                ids.next().toString(),
                on,
                job.name(),
                0,
                pipeline.document(),
                pipeline.version(),
                launch.parallelism(),
                launch.backend(),
                manifest,
                launch.line(),
                routes);
        refuseObstacles(runner.check(spec), from);
        return spec;
    }

    /** Where sinks write instead of where the pipeline says: nowhere else on a branch that was not forked. */
    private Map<String, SinkRoute> routes(BranchRef on, Launch launch, PipelineVersion pipeline, boolean starts) {
        if (on.branch().equals(Branch.MAIN)) {
            return Map.of();
        }
        Map<String, SinkChoice> chosen = launch.sinks();
        if (chosen == null) {
            chosen = catalog.branch(on.jobId(), on.branch()).map(Branch::sinks).orElse(Map.of());
        }
        SinkChoices choices = new SinkChoices(parse(pipeline.document()).document(), "/sinks");
        if (starts) {
            choices.refuseMissing(chosen);
        }
        return choices.routes(chosen);
    }

    /** What becomes of each state of {@code version} under a pipeline document. */
    CompatibilityReport compatibility(Manifest version, String document) {
        return runner.compatibility(version, document);
    }

    /** What becomes of each state of a version under a pipeline document. */
    CompatibilityReport compatibility(Snapshot version, String document) {
        return compatibility(versions.manifest(version), document);
    }

    /** Refuses a document whose connectors cannot be used, before there is a job. Who has its paths matters at a start. */
    void refuseUnusable(PipelineDocument document) {
        InstanceSpec spec = new InstanceSpec(
                ids.next().toString(),
                new BranchRef(ids.next().toString(), "main"),
                document.name(),
                0,
                document.toJson(),
                1,
                null,
                null,
                null,
                List.of(),
                Map.of());
        List<StartObstacle> lasting = runner.check(spec).stream()
                .filter(obstacle -> obstacle.kind() != StartObstacle.Kind.OUTPUT_TAKEN)
                .toList();
        refuseObstacles(lasting, null);
    }

    /** Refuses what cannot be read, and what would be dropped unless that is allowed. */
    static void refuseIncompatible(CompatibilityReport report, boolean allowDroppedState) {
        if (report.incompatible() || !allowDroppedState && !report.clean()) {
            List<String> lines = report.states().stream()
                    .filter(line -> line.verdict() == CompatibilityReport.Verdict.INCOMPATIBLE
                            || line.verdict() == CompatibilityReport.Verdict.DROPPED)
                    .map(line -> line.operator() + "." + line.state() + " " + line.verdict() + ": " + line.detail())
                    .toList();
            throw Problem.of(ErrorCode.INCOMPATIBLE_STATE, "The pipeline cannot take over " + String.join("; ", lines))
                    .withExtension("compatibility", report)
                    .asException();
        }
    }

    /** The document of a job's pipeline version. */
    PipelineVersion pipeline(Job job, int version) {
        return catalog.pipeline(job.id(), version)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.PIPELINE_VERSION_NOT_FOUND,
                        "Job " + job.name() + " has pipeline versions 1 to " + catalog.newestPipeline(job.id())
                                + ", not " + version + "."));
    }

    /** The document of a branch's job in some version. */
    String document(BranchRef on, int version) {
        return pipeline(job(on.jobId()), version).document();
    }

    /** The parsed form of a stored document. */
    CheckedPipeline parse(String document) {
        return pipelines.read(document, Pipelines.Syntax.JSON);
    }

    private Job job(String id) {
        return catalog.job(id)
                .orElseThrow(() -> new StrandlineException(ErrorCode.JOB_NOT_FOUND, "There is no job " + id + "."));
    }

    private static Snapshot version(String id, Optional<Snapshot> found) {
        Snapshot snapshot = found.orElseThrow(
                () -> new StrandlineException(ErrorCode.SNAPSHOT_NOT_FOUND, "There is no version " + id + "."));
        if (snapshot.condition() == Snapshot.Condition.LOST) {
            throw StoredVersions.lost(snapshot).asException();
        }
        return snapshot;
    }

    private void refuseObstacles(List<StartObstacle> obstacles, @Nullable Snapshot from) {
        if (obstacles.isEmpty()) {
            return;
        }
        if (from != null) {
            flag(from, obstacles);
        }
        StartObstacle first = obstacles.get(0);
        ErrorCode code = switch (first.kind()) {
            case DAMAGED -> ErrorCode.DAMAGED;
            case INCOMPATIBLE_STATE -> ErrorCode.INCOMPATIBLE_STATE;
            case CONNECTOR -> ErrorCode.INVALID_PIPELINE;
            case OUTPUT_TAKEN -> ErrorCode.OUTPUT_TAKEN;
        };
        String detail = code == ErrorCode.DAMAGED && from != null
                ? "Version " + from.number() + ": " + first.detail() + wayOut(from)
                : first.detail();
        throw Problem.of(code, detail)
                .withErrors(obstacles.stream()
                        .map(obstacle -> new FieldError(obstacle.pointer(), obstacle.detail()))
                        .toList())
                .asException();
    }

    private void flag(Snapshot version, List<StartObstacle> obstacles) {
        List<StartObstacle> damages = obstacles.stream()
                .filter(obstacle -> obstacle.kind() == StartObstacle.Kind.DAMAGED)
                .toList();
        if (!damages.isEmpty()) {
            List<String> files = damages.stream().map(StartObstacle::pointer).toList();
            damage.found(version, damages.get(0).detail(), files);
        }
    }

    private String wayOut(Snapshot damaged) {
        return versions.nearestIntactAncestor(damaged)
                .map(intact -> " The nearest intact version is " + intact.number() + ".")
                .orElse(" It has no intact ancestor.");
    }
}
