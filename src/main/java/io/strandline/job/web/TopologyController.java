package io.strandline.job.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.JobStatus;
import io.strandline.job.Jobs;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.Instances;
import io.strandline.runner.RunningInstance;
import io.strandline.web.JobName;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Looking at what runs: which operators, joined how, and how each of them fares. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs")
class TopologyController {

    private final NamedJobs names;
    private final Jobs jobs;
    private final Instances instances;
    private final Clock clock;

    TopologyController(NamedJobs names, Jobs jobs, Instances instances, Clock clock) {
        this.names = names;
        this.jobs = jobs;
        this.instances = instances;
        this.clock = clock;
    }

    @GetMapping("/topology")
    @Operation(
            summary = "Look at a job's topology",
            description =
                    "The operators of the instance that runs, sources and sinks included, and the streams between them, with"
                            + " figures since the instance started: records, how time is spent, watermarks, queues, state."
                            + " Operators of one chain run in the same subtasks and share their times.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND, ErrorCode.NOT_RUNNING})
    TopologyResponse topology(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch that runs.") @RequestParam(defaultValue = Branch.MAIN) String branch) {
        JobStatus status = jobs.status(names.named(job), branch);
        RunningInstance instance = instances
                .on(new BranchRef(status.job().id(), branch))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.NOT_RUNNING,
                        "Nothing of job " + job + " runs on branch " + branch
                                + ", so there are no figures; its pipeline is" + " at /api/v1/jobs/" + job
                                + "/pipeline."));
        return TopologyResponse.of(instance, clock.instant());
    }
}
