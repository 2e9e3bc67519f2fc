package io.strandline.transfer.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.work.Effect;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import io.strandline.web.EffectAnswer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How an import is answered from the version it made. */
@Configuration(proxyBeanMethods = false)
class ImportAnswers {

    @Bean
    EffectAnswer importedVersion(Catalog catalog) {
        return new EffectAnswer("snapshot-completed", effects -> {
            Snapshot version = version(effects.get(0), catalog);
            Job job = catalog.job(version.jobId())
                    .orElseThrow(() -> new StrandlineException(
                            ErrorCode.JOB_NOT_FOUND, "The job of version " + version.id() + " has been purged since."));
            boolean head = catalog.branch(job.id(), version.branch())
                    .map(Branch::head)
                    .filter(version.id()::equals)
                    .isPresent();
            return TransferController.imported(ImportResponse.of(job, version, head));
        });
    }

    private static Snapshot version(Effect effect, Catalog catalog) {
        return catalog.snapshot(SnapshotId.parse(effect.id()))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.SNAPSHOT_NOT_FOUND, "There is no version " + effect.id() + "."));
    }
}
