package io.strandline.version.web;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.work.Effect;
import io.strandline.job.JobStatus;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.version.Branches;
import io.strandline.web.EffectAnswer;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How requests that made a branch, or brought one back, are answered from what they changed. */
@Configuration(proxyBeanMethods = false)
class BranchAnswers {

    private final Catalog catalog;
    private final Branches branches;

    BranchAnswers(Catalog catalog, Branches branches) {
        this.catalog = catalog;
        this.branches = branches;
    }

    @Bean
    EffectAnswer madeBranch() {
        return new EffectAnswer("branch-created", effects -> BranchController.made(status(effects.get(0))));
    }

    @Bean
    EffectAnswer undeletedBranch() {
        return new EffectAnswer("branch-undeleted", effects -> BranchController.answer(status(effects.get(0))));
    }

    private JobStatus status(Effect effect) {
        Job job = Optional.ofNullable(effect.jobId())
                .flatMap(catalog::job)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.JOB_NOT_FOUND, "The job that the first request was about has been purged since."));
        return branches.get(job, effect.id());
    }
}
