package io.strandline.job.web;

import io.strandline.catalog.Job;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.job.Claim;
import io.strandline.job.JobPipelines;
import io.strandline.job.JobPipelines.Replacement;
import io.strandline.job.Lifecycle;
import io.strandline.operation.Resumption;
import io.strandline.operation.Resumption.Rest;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says how interrupted starts, stops and changes of a pipeline go on. A start whose instance had begun goes on from where that
 * got to; a stop that had ended its instance is over; a pipeline that was saved is started, one that was not never will be.
 */
@Configuration(proxyBeanMethods = false)
class LifecycleResumption {

    private final InterruptedWork interrupted;
    private final Lifecycle lifecycle;
    private final JobPipelines pipelines;
    private final JobVerbs verbs;
    private final JsonMapper json;

    LifecycleResumption(
            InterruptedWork interrupted, Lifecycle lifecycle, JobPipelines pipelines, JobVerbs verbs, JsonMapper json) {
        this.interrupted = interrupted;
        this.lifecycle = lifecycle;
        this.pipelines = pipelines;
        this.verbs = verbs;
        this.json = json;
    }

    @Bean
    Resumption interruptedStart() {
        return new Resumption(JobVerbs.START, left -> interrupted.job(left).flatMap(job -> start(left, job)));
    }

    @Bean
    Resumption interruptedStop() {
        return new Resumption(JobVerbs.STOP, left -> interrupted.job(left).flatMap(job -> stop(left, job)));
    }

    @Bean
    Resumption interruptedPipelineChange() {
        return new Resumption(JobVerbs.PIPELINE, left -> interrupted.job(left).map(job -> pipelineChange(left, job)));
    }

    /** Empty when the instance had begun and failed for good, or somebody has stopped it since. */
    private Optional<Rest> start(LoggedOperation left, Job job) {
        StartOrder order = StartOrder.parse(left.request(), json);
        boolean begun = interrupted.did(left, "instance-started");
        if (begun && !interrupted.wanted(job, order.branch())) {
            return Optional.empty();
        }
        Claim claim = lifecycle.acceptStart(job, order.branch(), order.request());
        return Optional.of(interrupted.rest(left, claim, course -> {
            course.stage("start");
            claim.giveUpWhen(course::cancelRequested);
            if (begun) {
                lifecycle.startAgain(claim, course.cause());
            } else {
                lifecycle.start(claim, order.request(), course.cause());
            }
            return verbs.view(job, order.branch());
        }));
    }

    private Optional<Rest> stop(LoggedOperation left, Job job) {
        StopOrder order = json.readValue(left.request(), StopOrder.class);
        if (interrupted.did(left, "instance-ended") || !interrupted.wanted(job, order.branch())) {
            return Optional.of(new Rest(course -> verbs.view(job, order.branch()), () -> {}));
        }
        Claim claim = lifecycle.claim(job, order.branch(), JobVerbs.STOP);
        return Optional.of(interrupted.rest(left, claim, course -> {
            course.stage("stop");
            claim.giveUpWhen(course::cancelRequested);
            lifecycle.stopAfterRestart(claim, order.mode(), course.cause());
            return verbs.view(job, order.branch());
        }));
    }

    private Rest pipelineChange(LoggedOperation left, Job job) {
        PipelineOrder order = json.readValue(left.request(), PipelineOrder.class);
        boolean undone = interrupted.did(left, "pipeline-version-chosen");
        if (undone || !interrupted.did(left, "pipeline-version-added") && !interrupted.did(left, "instance-ended")) {
            return new Rest(course -> notReplaced(order, undone), () -> {});
        }
        Claim claim = lifecycle.claim(job, order.branch(), "pipeline change");
        return interrupted.rest(left, claim, course -> {
            course.stage("replace");
            claim.giveUpWhen(course::cancelRequested);
            Replacement saved = new Replacement(order.branch(), order.replaces(), order.allowDroppedState());
            return PipelineResponse.of(
                    order.branch(), pipelines.replaceAfterRestart(claim, job, saved, course.cause()));
        });
    }

    private static PipelineResponse notReplaced(PipelineOrder order, boolean undone) {
        String why = undone ? "its job did not come up with it" : "it was not saved yet";
        throw new StrandlineException(
                ErrorCode.INTERRUPTED,
                "The server stopped while the pipeline was replaced, and " + why + ": branch " + order.branch()
                        + " stays with version " + order.replaces() + ". Send the document again.");
    }
}
