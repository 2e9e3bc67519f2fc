package io.strandline.ops.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** The server itself. */
@Schema(name = "Server")
record ServerResponse(
        @Schema(description = "The release, or `development`.", example = "0.1.0")
        String release,

        @Schema(description = "When it started.", example = "2026-03-01T09:00:00Z")
        Instant startedAt,

        @Schema(description = "NORMAL, or DEGRADED while `modes` lists anything.", example = "DEGRADED")
        State state,

        @Schema(description = "The degraded modes it is in, gravest first.")
        List<Mode> modes) {

    /** Whether all works. */
    enum State {
        NORMAL,
        DEGRADED
    }

    /** A degraded mode. */
    @Schema(name = "DegradedMode")
    record Mode(
            @Schema(
                    description = "Its name: the code of the problems that requests are refused with.",
                    example = "storage-full")
            String mode,

            @Schema(description = "When it was first seen.", example = "2026-03-01T10:15:00Z")
            Instant since,

            @Schema(description = "What it is.", example = "The disk is full or the quota is used up")
            String title,

            @Schema(
                    description = "The cause.",
                    example = "the disk is full: 8388608 bytes are free and 16777216 are kept for what frees space")
            String detail,

            @Schema(
                    description = "What does not work meanwhile, and what does.",
                    example =
                            "Checkpoints fail, and records and archives from outside are refused; jobs run on, reads and"
                                    + " deletes work.")
            String effect,

            @Schema(
                    description = "What an operator can do.",
                    example =
                            "Free space: POST /api/v1/trash/purge with skipQuarantine gives back what the trash holds.")
            String wayOut,

            @Schema(description = "Whether it ends as soon as its cause is gone.", example = "true")
            boolean endsByItself) {}
}
