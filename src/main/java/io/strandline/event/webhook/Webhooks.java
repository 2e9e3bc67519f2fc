package io.strandline.event.webhook;

import io.strandline.event.EventId;
import io.strandline.event.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The targets that events are sent to, each by itself: one that is dead holds up no other. */
public final class Webhooks implements AutoCloseable {

    private final EventLog events;
    private final List<Delivery> deliveries;

    /**
     * Begins to send. A target that is new begins with what happens next.
     *
     * @param positions where it is written down how far each target is
     * @param timeout how long a target may take to answer
     */
    public Webhooks(
            EventLog events,
            List<WebhookTarget> targets,
            Positions positions,
            Clock clock,
            Duration timeout,
            Backoff backoff) {
        this.events = events;
        Delivery.Tools tools = new Delivery.Tools(
                events, positions, new Postman(clock, timeout), backoff, clock, RandomGenerator.getDefault());
        this.deliveries = targets.stream()
                .sorted(Comparator.comparing(WebhookTarget::name))
                .map(target -> new Delivery(target, position(target, positions), tools))
                .toList();
        deliveries.forEach(Delivery::begin);
        events.follow(() -> deliveries.forEach(Delivery::wake));
    }

    /**
     * A target and how it stands.
     *
     * @param backlog how many changes have been journaled that it has not got, those it does not want included
     */
    public record Standing(WebhookTarget target, DeliveryState state, long backlog) {}

    /** Every target, by name. */
    public List<Standing> list() {
        return deliveries.stream()
                .map(delivery -> {
                    DeliveryState state = delivery.state();
                    return new Standing(delivery.target(), state, events.behind(state.position()));
                })
                .toList();
    }

    private EventId position(WebhookTarget target, Positions positions) {
        try {
            EventId newest = events.newest();
            EventId position = positions.of(target.name()).orElse(newest);
            if (position.equals(newest)) {
                positions.save(target.name(), newest);
            }
            return position;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "how far the webhook '" + target.name() + "' is cannot be read or written", e);
        }
    }

    @Override
    public void close() {
        deliveries.forEach(Delivery::close);
    }
}
