package io.strandline.version.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.SinkChoice;
import io.strandline.catalog.Trashed;
import io.strandline.job.JobState;
import io.strandline.job.JobStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

        @Schema(description = "What may be done to it.") Protection protection,

        @Schema(description = "Where it began; null for main.") @Nullable
        ForkedFrom forkedFrom,

        @Schema(
                description =
                        "Where each sink writes, by name, as chosen at a start; empty where the pipeline says it.")
        Map<String, Sink> sinks,

        @Schema(description = "Set while it lies in the trash.") @Nullable
        InTrash trashed) {

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

            @Schema(description = "Whether its head may be moved to anything but a descendant.")
            boolean resettable) {

        static Protection of(Branch.Protection protection) {
            return new Protection(protection.deletable(), protection.resettable());
        }
    }

    /** Where a branch began. */
    @Schema(name = "ForkedFrom", description = "The version a branch began at.")
    record ForkedFrom(
            @Schema(description = "The expression somebody named it by.", example = "main~3")
            String revision,

            @Schema(description = "The version it meant.") VersionRef snapshot,

            @Schema(description = "The branch that version was made on.", example = "main")
            String branch,

            @Schema(description = "When the branch was made.")
            Instant at) {

        static @Nullable ForkedFrom of(Branch.@Nullable Fork fork) {
            return fork == null
                    ? null
                    : new ForkedFrom(
                            fork.revision(),
                            new VersionRef(fork.snapshot().toString(), fork.number()),
                            fork.branch(),
                            fork.at());
        }
    }

    /** Where a sink writes. */
    @Schema(name = "SinkPlace", description = "Where a sink writes on a forked branch.")
    record Sink(
            @Schema(description = "What was chosen.") SinkChoice.Mode mode,

            @Schema(description = "The directory, for REDIRECT of files.") @Nullable
            String path,

            @Schema(description = "The table, for REDIRECT of a database.") @Nullable
            String table,

            @Schema(
                    description =
                            "Directories it wrote to before; what the branch has shown there is still its output.")
            List<String> earlier) {

        static Map<String, Sink> of(Map<String, SinkChoice> choices) {
            Map<String, Sink> sinks = new TreeMap<>();
            choices.forEach((name, choice) ->
                    sinks.put(name, new Sink(choice.mode(), choice.path(), choice.table(), choice.earlier())));
            return sinks;
        }
    }

    /** Since when it lies in the trash. */
    @Schema(name = "BranchInTrash", description = "Since when a branch lies in the trash.")
    record InTrash(
            @Schema(description = "When it was deleted.") Instant at,

            @Schema(description = "Until when its head is kept for it.")
            Instant headHeldUntil) {

        static @Nullable InTrash of(@Nullable Trashed trashed) {
            return trashed == null ? null : new InTrash(trashed.at(), trashed.purgeAfter());
        }
    }

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
                Protection.of(branch.protection()),
                ForkedFrom.of(branch.forkedFrom()),
                Sink.of(branch.sinks()),
                InTrash.of(branch.trashed()));
    }
}
