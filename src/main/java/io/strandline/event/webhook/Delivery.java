package io.strandline.event.webhook;

import io.strandline.event.EventFilter;
import io.strandline.event.EventId;
import io.strandline.event.EventLog;
import io.strandline.event.webhook.DeliveryState.Phase;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one target what it wants, in order, on a thread of its own: the next event only once it took the one before. Where
 * it is is written down after each event that it took, so after a crash it gets at most the last one twice. The events it
 * has not got wait in the journal, which keeps them anyway.
 */
final class Delivery {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);
    private static final int STRETCH = 100;
    private static final Duration CATALOG_AWAY = Duration.ofSeconds(1);

    private final WebhookTarget target;
    private final EventFilter filter;
    private final Tools tools;
    private final Thread thread;
    private EventId saved;
    private int failures;
    private boolean news;
    private boolean closed;
    private volatile DeliveryState state;

    /** What every delivery needs. */
    record Tools(
            EventLog events,
            Positions positions,
            Postman postman,
            Backoff backoff,
            Clock clock,
            RandomGenerator random) {}

    Delivery(WebhookTarget target, EventId position, Tools tools) {
        this.target = target;
        this.filter = new EventFilter(target.types(), null, target.jobs(), true);
        this.tools = tools;
        this.saved = position;
        this.state = DeliveryState.at(position);
        this.thread = new Thread(this::deliver, "webhook-" + target.name());
        thread.setDaemon(true);
    }

    WebhookTarget target() {
        return target;
    }

    DeliveryState state() {
        return state;
    }

    void begin() {
        thread.start();
    }

    synchronized void wake() {
        news = true;
        notifyAll();
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }

    private void deliver() {
        try {
            while (!closed()) {
                if (!deliverStretch()) {
                    awaitNews();
                }
            }
        } catch (InterruptedException e) {
            log.debug("webhook {} ends with the server", target.name());
        } finally {
            save();
        }
    }

    /** Sends what comes next; false when there is nothing more for now. */
    private boolean deliverStretch() throws InterruptedException {
        try {
            EventLog.Batch batch = tools.events().after(state.position(), filter, STRETCH);
            for (EventLog.Told told : batch.events()) {
                deliver(told);
            }
            state = state.passed(batch.position());
            return batch.more();
        } catch (StrandlineException e) {
            log.debug("webhook {} waits for the catalog", target.name(), e);
            Thread.sleep(CATALOG_AWAY.toMillis());
            return true;
        }
    }

    /** Sends one event until it is taken. */
    private void deliver(EventLog.Told told) throws InterruptedException {
        Postman.Outcome outcome = tools.postman().send(target, told);
        while (!outcome.taken()) {
            pause(failed(told, outcome));
            outcome = tools.postman().send(target, told);
        }
        if (failures > 0) {
            log.info("webhook {} takes events again", target.name());
        }
        failures = 0;
        state = state.delivered(told.id(), tools.clock().instant());
        save();
    }

    private Duration failed(EventLog.Told told, Postman.Outcome outcome) {
        failures++;
        Instant now = tools.clock().instant();
        Instant since = Objects.requireNonNullElse(state.failingSince(), now);
        boolean paused = !now.isBefore(since.plus(target.giveUpAfter()));
        Duration usual = paused ? tools.backoff().paused() : tools.backoff().before(failures, tools.random());
        Duration wait =
                outcome.retryAfter().filter(asked -> asked.compareTo(usual) > 0).orElse(usual);
        Phase phase = paused ? Phase.PAUSED : Phase.FAILING;
        if (phase != state.phase()) {
            log.warn("webhook {} is {}: event {}: {}", target.name(), phase, told.id(), outcome.why());
        }
        state = state.failed(phase, since, outcome.why(), now.plus(wait));
        return wait;
    }

    /** Waits, whatever news there is meanwhile. */
    private void pause(Duration wait) throws InterruptedException {
        Thread.sleep(wait.toMillis());
    }

    /** Also writes down that events it does not want were passed over, so that a restart does not read them again. */
    private void awaitNews() throws InterruptedException {
        save();
        synchronized (this) {
            while (!news && !closed) {
                wait();
            }
            news = false;
        }
    }

    private synchronized boolean closed() {
        return closed;
    }

    private void save() {
        EventId reached = state.position();
        if (reached.equals(saved)) {
            return;
        }
        try {
            tools.positions().save(target.name(), reached);
            saved = reached;
        } catch (IOException e) {
            log.warn(
                    "where webhook {} is could not be written down; after a restart it gets some events twice",
                    target.name(),
                    e);
        }
    }
}
