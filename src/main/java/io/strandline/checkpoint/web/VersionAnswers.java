package io.strandline.checkpoint.web;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.work.Effect;
import io.strandline.checkpoint.Snapshots;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import io.strandline.web.EffectAnswer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;

/** How requests that brought a version back from the trash are answered from what they changed. */
@Configuration(proxyBeanMethods = false)
class VersionAnswers {

    @Bean
    EffectAnswer undeletedVersion(Catalog catalog, Snapshots snapshots) {
        return new EffectAnswer(
                "snapshot-undeleted", effects -> ResponseEntity.ok(version(effects.get(0), catalog, snapshots)));
    }

    private static SnapshotResponse version(Effect effect, Catalog catalog, Snapshots snapshots) {
        Snapshot version = catalog.snapshot(SnapshotId.parse(effect.id()))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.SNAPSHOT_NOT_FOUND, "There is no version " + effect.id() + "."));
        Job job = catalog.job(version.jobId())
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.JOB_NOT_FOUND, "The job of version " + effect.id() + " has been purged since."));
        return SnapshotResponse.of(job, snapshots.one(version));
    }
}
