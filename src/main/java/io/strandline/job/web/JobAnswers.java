package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.work.Effect;
import io.strandline.job.JobStatus;
import io.strandline.job.Jobs;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.web.EffectAnswer;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;

/** How requests that made a job, or brought one back, are answered from what they changed. */
@Configuration(proxyBeanMethods = false)
class JobAnswers {

    private final Catalog catalog;
    private final Jobs jobs;

    JobAnswers(Catalog catalog, Jobs jobs) {
        this.catalog = catalog;
        this.jobs = jobs;
    }

    @Bean
    EffectAnswer submittedJob() {
        return new EffectAnswer(
                "job-created", effects -> JobController.submitted(status(effects.get(0)), start(effects)));
    }

    @Bean
    EffectAnswer undeletedJob() {
        return new EffectAnswer("job-undeleted", effects -> ResponseEntity.ok(JobResponse.of(status(effects.get(0)))));
    }

    private JobStatus status(Effect effect) {
        return Optional.ofNullable(effect.jobId())
                .flatMap(catalog::job)
                .map(job -> jobs.status(job, Branch.MAIN))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.JOB_NOT_FOUND, "The job that the first request was about has been purged since."));
    }

    /** The operation that was to start it, if the request got that far. */
    private static Optional<String> start(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> effect.action().equals("operation-accepted"))
                .map(Effect::id)
                .findFirst();
    }
}
