package io.strandline.event.web;

import io.strandline.event.EventId;
import io.strandline.event.webhook.DeliveryState;
import io.strandline.event.webhook.WebhookTarget;
import io.strandline.event.webhook.Webhooks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A webhook as clients see it. */
@Schema(name = "Webhook", description = "A target that events are sent to, and how it stands.")
record WebhookResponse(
        @Schema(description = "Its name in the settings.", example = "pager")
        String name,

        @Schema(
                description = "Where it listens; the path, which may be secret, is not shown.",
                example = "https://hooks.example.com/…")
        String url,

        @Schema(description = "The secret it is signed with, never shown.", example = "whsec_****")
        String secret,

        @Schema(description = "The kinds of events it gets; empty for all.")
        List<String> events,

        @Schema(description = "The jobs it hears of; empty for all.")
        List<String> jobs,

        @Schema(description = "Whether it takes what it is sent.")
        DeliveryState.Phase state,

        @Schema(description = "The event up to which it has got everything it wants.", example = "393216")
        String position,

        @Schema(description = "How many changes were journaled since, those it does not want included.", example = "0")
        long backlog,

        @Schema(description = "What it took last since the server started.") @Nullable
        Delivered lastDelivered,

        @Schema(description = "Since when it takes nothing.") @Nullable
        Instant failingSince,

        @Schema(description = "Why it did not take the event that is tried.", example = "status 502") @Nullable
        String failure,

        @Schema(description = "When that is tried again.") @Nullable
        Instant nextAttemptAt) {

    /** An event that was taken. */
    @Schema(name = "WebhookDelivery")
    record Delivered(
            @Schema(description = "The event's id.", example = "393216")
            String id,

            @Schema(description = "When it was taken.") Instant at) {}

    static WebhookResponse of(Webhooks.Standing standing) {
        WebhookTarget target = standing.target();
        DeliveryState state = standing.state();
        EventId last = state.lastDelivered();
        return new WebhookResponse(
                target.name(),
                target.origin(),
                "whsec_****",
                target.types().stream().sorted().toList(),
                target.jobs().stream().sorted().toList(),
                state.phase(),
                state.position().toString(),
                standing.backlog(),
                last == null ? null : new Delivered(last.toString(), Objects.requireNonNull(state.lastDeliveredAt())),
                state.failingSince(),
                state.failure(),
                state.nextAttemptAt());
    }
}
