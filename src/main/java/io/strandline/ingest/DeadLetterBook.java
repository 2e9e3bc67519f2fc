package io.strandline.ingest;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.PipelineVersion;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.DeadLetter;
import io.strandline.runner.OutputStore;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records that jobs put aside because they could not be processed. */
@Component
public final class DeadLetterBook {

    private final Catalog catalog;
    private final OutputStore outputs;

    DeadLetterBook(Catalog catalog, OutputStore outputs) {
        this.catalog = catalog;
        this.outputs = outputs;
    }

    /**
     * Dead letters that versions of a branch have made visible, where its pipeline puts them; newest part first.
     *
     * @param after where the page before ended, null for the first
     * @throws StrandlineException {@code branch-not-found}, {@code storage-unavailable}
     */
    public List<DeadLetter> list(Job job, String branchName, DeadLetter.@Nullable Place after, int limit) {
        Branch branch = catalog.branch(job.id(), branchName)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "Job " + job.name() + " has no branch '" + branchName + "'."));
        PipelineVersion pipeline =
                catalog.pipeline(job.id(), branch.pipelineVersion()).orElseThrow();
        try {
            return outputs.deadLetters(branch.name(), pipeline.document(), after, limit);
        } catch (UncheckedIOException unreadable) {
            throw new StrandlineException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "The dead letters cannot be read: " + unreadable.getMessage() + ".",
                    unreadable);
        }
    }
}
