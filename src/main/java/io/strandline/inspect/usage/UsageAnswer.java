package io.strandline.inspect.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.snapshot.SnapshotKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store holds, and for which jobs. */
@Schema(description = "What the store holds, and for which jobs.")
public record UsageAnswer(
        StoreBytes store,

        @Schema(description = "Jobs by id, newest first.") List<JobBytes> items,

        @Schema(description = "Send it as cursor to get the next page of jobs; null on the last one.", nullable = true)
        @JsonInclude
        @Nullable
        String nextCursor) {

    public UsageAnswer {
        items = List.copyOf(items);
    }

    /** Bytes on the disk by what they are for. */
    @Schema(description = "Bytes on the disk by what they are for.")
    public record StoreBytes(
            @Schema(description = "Files that versions name or writers are about to.", example = "73400320")
            long liveBytes,

            @Schema(
                    description = "Files that no version names, kept for a while before they are deleted.",
                    example = "0")
            long quarantineBytes,

            @Schema(description = "Files of checkpoints under way.", example = "0")
            long stagingBytes,

            @Schema(description = "Manifests.", example = "52480")
            long manifestBytes,

            @Schema(description = "What the disk has left for the server.", example = "107374182400")
            long freeBytes) {}

    /**
     * What a job's versions name. A file that several versions share counts once in each number that it belongs to, so the numbers
     * by branch and by kind may come to more than all.
     */
    @Schema(
            description =
                    "What a job's versions name. A file that versions share counts once in each number, so those by"
                            + " branch and by kind may come to more than all.")
    public record JobBytes(
            @Schema(description = "The job.", example = "flights")
            String job,

            @Schema(description = "Files that its versions name.", example = "42")
            int files,

            @Schema(description = "Their bytes.", example = "73400320")
            long bytes,

            @Schema(description = "Bytes that versions need which are not in the trash.", example = "73000000")
            long liveBytes,

            @Schema(description = "Bytes that only versions in the trash need.", example = "400320")
            long trashBytes,

            @Schema(description = "By the branch that produced the version.")
            List<BranchBytes> branches,

            @Schema(description = "By the version's kind.") List<KindBytes> kinds) {}

    /** What the versions that a branch produced name. */
    @Schema(description = "What the versions that a branch produced name.")
    public record BranchBytes(
            @Schema(description = "The branch.", example = "main")
            String branch,

            @Schema(description = "Bytes of their files.", example = "73400320")
            long bytes) {}

    /** What the versions of a kind name. */
    @Schema(description = "What the versions of a kind name.")
    public record KindBytes(
            @Schema(description = "The kind.") SnapshotKind kind,

            @Schema(description = "Bytes of their files.", example = "73400320")
            long bytes) {}
}
