package io.strandline.ingest.web;

import io.strandline.runner.intake.PushOutcome;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What became of a push.
 *
 * @param source the source
 * @param partition where the records are
 * @param firstOffset the first one's offset
 * @param count how many there are
 * @param repeated whether an earlier push with the same key had kept them
 */
@Schema(name = "Push", description = "Records that are durable, one after the other in one partition.")
record PushResponse(
        @Schema(description = "The source.", example = "events")
        String source,

        @Schema(description = "The partition they are in.", example = "0")
        int partition,

        @Schema(description = "The first record's offset there.", example = "41")
        long firstOffset,

        @Schema(description = "How many there are.", example = "2")
        int count,

        @Schema(description = "True if an earlier push with the same Idempotency-Key had kept them.")
        boolean repeated) {

    static PushResponse of(String source, PushOutcome.Kept kept) {
        return new PushResponse(source, kept.partition(), kept.firstOffset(), kept.count(), kept.repeated());
    }
}
