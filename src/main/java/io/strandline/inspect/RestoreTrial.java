package io.strandline.inspect;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.Snapshot;
import io.strandline.operation.Work.Course;
import io.strandline.runner.Rehearser;
import io.strandline.runner.Rehearser.Failed;
import io.strandline.runner.Rehearser.Rehearsal;
import io.strandline.runner.Rehearser.Restored;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.snapshot.TimeOrderedIds;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Restores versions for trial, under the pipeline they were written by, and compares what came of it. A version with rows in flight
 * or with entries that expire is only restored: it rightly holds something else afterwards.
 */
@Component
final class RestoreTrial implements Examination.Trial {

    private static final String EXPIRING = "touched~";

    private final Rehearser rehearser;
    private final Catalog catalog;
    private final TimeOrderedIds ids;

    RestoreTrial(Rehearser rehearser, Catalog catalog, TimeOrderedIds ids) {
        this.rehearser = rehearser;
        this.catalog = catalog;
        this.ids = ids;
    }

    @Override
    public Optional<String> run(Snapshot version, Manifest manifest, @Nullable String stateDigest, Course course) {
        Optional<PipelineVersion> pipeline = catalog.pipeline(version.jobId(), version.pipelineVersion());
        if (pipeline.isEmpty()) {
            return Optional.of("there is no pipeline version " + version.pipelineVersion() + " to restore it under");
        }
        String job = catalog.job(version.jobId()).map(Job::name).orElse(version.jobId());
        Rehearsal rehearsal = rehearser.rehearse(
                manifest, job, pipeline.get().document(), "rehearsal-" + ids.next(), course::cancelRequested);
        course.checkCancelled();
        if (rehearsal instanceof Failed failed) {
            return Optional.of(failed.detail());
        }
        return rehearsal instanceof Restored restored && comparable(manifest)
                ? difference("sha256:" + restored.stateDigest(), stateDigest)
                : Optional.empty();
    }

    private static Optional<String> difference(String restored, @Nullable String stored) {
        return restored.equals(stored)
                ? Optional.empty()
                : Optional.of("restored, its state digest is %s, not %s".formatted(restored, stored));
    }

    private static boolean comparable(Manifest manifest) {
        return manifest.content().operators().stream()
                .flatMap(operator -> operator.states().stream())
                .map(StateContent::schema)
                .noneMatch(schema -> schema.form() == StateSchema.Form.IN_FLIGHT || expires(schema));
    }

    private static boolean expires(StateSchema schema) {
        return schema.value().stream().anyMatch(column -> column.name().equals(EXPIRING));
    }
}
