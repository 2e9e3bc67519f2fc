package io.strandline.version.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.ProblemNote;
import io.strandline.job.JobState;
import io.strandline.job.JobStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A branch as clients see it. */
@Schema(name = "Branch", description = "A line of versions a job runs on.")
record BranchResponse(
        @Schema(description = "Its name.", example = "main") String name,

        @Schema(description = "Its newest version; null before the first.") @Nullable
        VersionRef head,

        @Schema(description = "The pipeline version it runs from its next start on.", example = "1")
        int pipelineVersion,

        @Schema(description = "Where it stands.") JobState state,
        @Schema(description = "Whether it is meant to run.") Branch.Desired desired,

        @Schema(description = "Why it FAILED, or why it was last restarted.") @Nullable
        BranchProblem problem,

        @Schema(description = "What may be done to it.") Protection protection) {

    /** A problem, in short. */
    @Schema(name = "BranchProblem")
    record BranchProblem(
            @Schema(description = "The problem's code.", example = "poison-record")
            String code,

            @Schema(description = "What happened.") String detail) {

        static @Nullable BranchProblem of(@Nullable ProblemNote note) {
            return note == null ? null : new BranchProblem(note.code(), note.detail());
        }
    }

    /** What may be done to a branch. */
    @Schema(name = "BranchProtection")
    record Protection(
            @Schema(description = "Whether it can be deleted; main never can.")
            boolean deletable,

            @Schema(description = "Whether its head may be moved back.")
            boolean resettable) {}

    static BranchResponse of(JobStatus status) {
        Branch branch = status.branch();
        Long number = branch.headNumber();
        return new BranchResponse(
                branch.name(),
                branch.head() == null || number == null
                        ? null
                        : new VersionRef(branch.head().toString(), number),
                branch.pipelineVersion(),
                status.state(),
                branch.desired(),
                BranchProblem.of(branch.problem()),
                new Protection(!branch.name().equals(Branch.MAIN), true));
    }
}
