package io.strandline.ingest.web;

import io.strandline.runner.DeadLetter;
import io.swagger.v3.oas.annotations.media.Schema;

/** A record that could not be processed. */
@Schema(name = "DeadLetter", description = "A record or row that could not be processed.")
record DeadLetterResponse(
        @Schema(description = "The source or operator that put it aside.", example = "events")
        String source,

        @Schema(description = "Where the source read it: a file or partition; empty behind a source.", example = "0")
        String split,

        @Schema(description = "Where it begins there; -1 behind a source.", example = "41")
        long offset,

        @Schema(description = "Why it could not be processed.")
        String cause,

        @Schema(description = "Its text.") String record,

        @Schema(description = "The part file it lies in.", example = "bad/part-main-7-0-0.json")
        String part) {

    static DeadLetterResponse of(DeadLetter letter) {
        return new DeadLetterResponse(
                letter.source(),
                letter.split(),
                letter.offset(),
                letter.cause(),
                letter.record(),
                letter.place().part());
    }
}
