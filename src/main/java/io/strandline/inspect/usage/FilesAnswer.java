package io.strandline.inspect.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.inspect.VersionRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every file of a version. */
@Schema(description = "Every file of a version.")
public record FilesAnswer(
        @Schema(description = "The version that was meant.") VersionRef snapshot,

        @Schema(description = "Bytes of all of them together.", example = "52480")
        long bytes,

        @Schema(description = "Bytes of those that no other version names.", example = "1564")
        long exclusiveBytes,

        @Schema(description = "State by state, oldest first: that is the order in which newer entries win.")
        List<VersionFile> files) {

    public FilesAnswer {
        files = List.copyOf(files);
    }

    /** What a file is there for. */
    public enum Role {
        /** Sorted entries of a state. */
        RUN,
        /** Rows that an unaligned checkpoint overtook. */
        IN_FLIGHT
    }

    /** A file, or a part of one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "A file, or those of its key groups that the version needs.")
    public record VersionFile(
            @Schema(
                    description = "Its SHA-256, under which it lies in the store.",
                    example = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef")
            String digest,

            @Schema(description = "RUN: sorted entries of a state. IN_FLIGHT: rows that a checkpoint overtook.")
            Role role,

            @Schema(description = "The operator.", example = "by-origin")
            String operator,

            @Schema(description = "Its state.", example = "aggregates")
            String state,

            @Schema(
                    description = "How it is encoded: its media type.",
                    example = "application/vnd.strandline.run.flat.v1")
            String encoding,

            @Schema(description = "Bytes of the whole file.", example = "1564")
            long bytes,

            @Schema(description = "The first of its key groups that count here.", example = "0")
            int firstKeyGroup,

            @Schema(description = "The last of them.", example = "127")
            int lastKeyGroup,

            @Schema(description = "Entries in the whole file, delete markers included.", example = "30")
            long entries,

            @Schema(description = "How many of them are delete markers.", example = "0")
            long deletes,

            @Schema(description = "Whether its values are read under a schema that came after it.")
            boolean converted,

            @Schema(description = "How many other versions name it, of all jobs.", example = "3")
            long sharedWith,

            @Schema(
                    description = "The oldest version of this job that still names it; absent when it has gone to the"
                            + " memory of a process that ended.",
                    example = "39")
            @Nullable
            Long sinceVersion) {}
}
