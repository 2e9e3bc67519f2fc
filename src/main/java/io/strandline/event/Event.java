package io.strandline.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Something that happened. */
@Schema(description = "Something that happened. Fields without a value are left out.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Event(
        @Schema(
                description = "Its place in the order of all events; send it as Last-Event-ID to go on after it.",
                example = "393216")
        String id,

        @Schema(description = "What kind of event; docs/events.md lists them.", example = "snapshot-completed")
        String type,

        @Schema(description = "When it happened.") Instant at,

        @Schema(description = "The job concerned.") @Nullable
        JobRef job,

        @Schema(description = "The branch it happened on.", example = "main") @Nullable
        String branch,

        @Schema(description = "The version concerned.") @Nullable
        VersionRef snapshot,

        @Schema(description = "What was changed, as in the audit.", example = "tag:nightly") @Nullable
        String subject,

        @Schema(description = "Who did it; system for the server itself.", example = "ann") @Nullable
        String actor,

        @Schema(description = "The reason given.") @Nullable String reason,

        @Schema(description = "The request it came from.") @Nullable
        String requestId,

        @Schema(description = "The operation it belongs to.") @Nullable
        String operationId,

        @Schema(
                description = "What else there is to say, by type: of a change what the audit shows as after.",
                implementation = Object.class)
        JsonNode data) {

    /** A job, as events name it. */
    @Schema(name = "EventJob")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JobRef(
            @Schema(description = "Its id, for ever.") String id,

            @Schema(description = "Its name; left out when it has been purged since.", example = "flights") @Nullable
            String name) {}

    /** A version, as events name it. */
    @Schema(name = "EventSnapshot")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VersionRef(
            @Schema(description = "Its id.") String id,

            @Schema(description = "Its number.", example = "42") @Nullable
            Long number) {}
}
