package io.strandline.config;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.history.History;
import io.strandline.job.JobPipelines;
import io.strandline.job.Jobs;
import io.strandline.job.Lifecycle;
import io.strandline.job.StartRequest;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.reading.Pipelines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Makes and starts the demo job when the data directory has never seen a change: a job that was deleted stays deleted.
 */
@Component
@ConditionalOnBooleanProperty("strandline.demo")
final class DemoJob implements ApplicationRunner {

    private static final String DOCUMENT = "/demo/flights.yaml";

    private final History history;
    private final JobPipelines pipelines;
    private final Jobs jobs;
    private final Lifecycle lifecycle;

    DemoJob(History history, JobPipelines pipelines, Jobs jobs, Lifecycle lifecycle) {
        this.history = history;
        this.pipelines = pipelines;
        this.jobs = jobs;
        this.lifecycle = lifecycle;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (!history.newestEntryAt().equals(Instant.EPOCH)) {
            return;
        }
        Cause cause = Cause.system("demo");
        CheckedPipeline pipeline = pipelines.check(document(), Pipelines.Syntax.YAML);
        Job job = jobs.submit(pipeline.document(), cause);
        lifecycle.start(lifecycle.acceptStart(job, Branch.MAIN, StartRequest.DEFAULT), StartRequest.DEFAULT, cause);
    }

    private static String document() throws IOException {
        try (InputStream in = DemoJob.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IOException("the jar has no " + DOCUMENT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
