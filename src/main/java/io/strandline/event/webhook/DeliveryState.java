package io.strandline.event.webhook;

import io.strandline.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a target stands.
 *
 * @param position up to where it has got everything it wants
 * @param lastDelivered the newest event it took since the server started, null before the first
 * @param lastDeliveredAt when it took it
 * @param failingSince since when it has not taken one, null while it does
 * @param failure why it did not take the last one that was tried
 * @param nextAttemptAt when that is tried again
 */
public record DeliveryState(
        Phase phase,
        EventId position,
        @Nullable EventId lastDelivered,
        @Nullable Instant lastDeliveredAt,
        @Nullable Instant failingSince,
        @Nullable String failure,
        @Nullable Instant nextAttemptAt) {

    /** What a target is at. */
    public enum Phase {
        /** It takes what it is sent, or nothing has had to be sent yet. */
        WELL,
        /** The last delivery failed; it is tried again, at growing intervals. */
        FAILING,
        /** It failed for so long that it is tried only now and then; nothing is lost meanwhile. */
        PAUSED
    }

    static DeliveryState at(EventId position) {
        return new DeliveryState(Phase.WELL, position, null, null, null, null, null);
    }

    DeliveryState passed(EventId position) {
        return new DeliveryState(phase, position, lastDelivered, lastDeliveredAt, failingSince, failure, nextAttemptAt);
    }

    DeliveryState delivered(EventId id, Instant at) {
        return new DeliveryState(Phase.WELL, id, id, at, null, null, null);
    }

    DeliveryState failed(Phase now, Instant since, String why, Instant next) {
        return new DeliveryState(now, position, lastDelivered, lastDeliveredAt, since, why, next);
    }
}
