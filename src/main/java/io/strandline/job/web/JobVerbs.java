package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.Claim;
import io.strandline.job.JobPipelines;
import io.strandline.job.JobPipelines.PipelineChange;
import io.strandline.job.Jobs;
import io.strandline.job.Lifecycle;
import io.strandline.job.StartRequest;
import io.strandline.job.StopMode;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.operation.Work;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.problem.StrandlineException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns the verbs that may last into operations whose result is the job, shaped as its GET. */
@Component
class JobVerbs {

    static final String START = "start";
    static final String STOP = "stop";
    static final String PIPELINE = "pipeline-change";

    private final NamedJobs names;
    private final Jobs jobs;
    private final Lifecycle lifecycle;
    private final JobPipelines pipelines;
    private final Operations operations;
    private final JsonMapper json;

    JobVerbs(
            NamedJobs names,
            Jobs jobs,
            Lifecycle lifecycle,
            JobPipelines pipelines,
            Operations operations,
            JsonMapper json) {
        this.names = names;
        this.jobs = jobs;
        this.lifecycle = lifecycle;
        this.pipelines = pipelines;
        this.operations = operations;
        this.json = json;
    }

    /** Makes a job that is to run from then on, whether or not the operation that starts it is ever accepted. */
    Job submitRunning(PipelineDocument document, Cause cause) {
        operations.refuseWhenFull();
        return jobs.submit(document, Branch.Desired.RUNNING, cause);
    }

    Operation start(Job job, String branch, StartRequest request, Cause cause) {
        Claim claim = lifecycle.acceptStart(job, branch, request);
        return submit(claim, new Submission(START, job.id(), StartOrder.of(branch, request, json), cause), course -> {
            course.stage("start");
            claim.giveUpWhen(course::cancelRequested);
            lifecycle.start(claim, request, course.cause());
            return view(job, branch);
        });
    }

    Operation stop(Job job, String branch, StopMode mode, Cause cause) {
        Claim claim = lifecycle.acceptStop(job, branch);
        return submit(claim, new Submission(STOP, job.id(), new StopOrder(mode, branch), cause), course -> {
            course.stage("stop");
            lifecycle.stop(claim, mode, course.cause());
            return view(job, branch);
        });
    }

    Operation replacePipeline(Job job, PipelineChange change, Cause cause) {
        Claim claim = pipelines.acceptReplacement(job, change);
        return submit(claim, new Submission(PIPELINE, job.id(), PipelineOrder.of(change), cause), course -> {
            course.stage("replace");
            claim.giveUpWhen(course::cancelRequested);
            return PipelineResponse.of(change.branch(), pipelines.replace(claim, job, change, course.cause()));
        });
    }

    private Operation submit(Claim claim, Submission submission, Work work) {
        try {
            Operation accepted = operations.submit(operations.newId(), submission, work, claim::close);
            claim.heldFor(accepted.id(), () -> operations.get(accepted.id()).finished());
            return accepted;
        } catch (StrandlineException e) {
            claim.close();
            throw e;
        }
    }

    /** The job as such an operation shows it when it has ended. */
    JobResponse view(Job job, String branch) {
        return JobResponse.of(jobs.status(names.named(job.name()), branch));
    }
}
