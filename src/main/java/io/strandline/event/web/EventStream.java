package io.strandline.event.web;

import io.strandline.event.EventFilter;
import io.strandline.event.EventId;
import io.strandline.event.EventLog;
import io.strandline.problem.StrandlineException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's stream of server-sent events, written without blocking: only what the connection takes is fetched, so a slow
 * reader falls behind and one that never reads holds no more than the bytes under way. It ends with the key that opened it:
 * within a second while there is something to tell, else with the next heartbeat.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final int AT_A_TIME = 32;

    /** How long a permit counts before it is asked for again: asking is a look into the catalog. */
    private static final long PERMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final EventLog events;
    private final EventFilter filter;
    private final Executor writers;
    private final Consumer<EventStream> ended;
    private final BooleanSupplier permit;
    private final AtomicBoolean due = new AtomicBoolean();
    private final Deque<String> waiting = new ArrayDeque<>();
    private EventId position;
    private long permittedAt;
    private boolean flushDue;
    private boolean closing;
    private boolean over;
    private volatile long stalledSince;

    EventStream(Opening opening, EventLog events, Executor writers, Consumer<EventStream> ended) {
        this.exchange = opening.exchange();
        this.out = opening.out();
        this.filter = opening.filter();
        this.position = opening.position();
        this.permit = opening.permit();
        this.permittedAt = System.nanoTime();
        this.events = events;
        this.writers = writers;
        this.ended = ended;
        waiting.add("retry: 3000\n: after " + position + "\n\n");
    }

    /**
     * What a stream begins with.
     *
     * @param position the event after which it begins
     * @param permit whether whoever opened it may still read; throws when that cannot be told now
     */
    record Opening(
            AsyncContext exchange,
            ServletOutputStream out,
            EventFilter filter,
            EventId position,
            BooleanSupplier permit) {}

    void begin() {
        exchange.setTimeout(0);
        exchange.addListener(this);
        out.setWriteListener(this);
    }

    /** Has it look for what is new, on another thread. */
    void wake() {
        if (due.compareAndSet(false, true)) {
            writers.execute(this::write);
        }
    }

    /** Shows that the connection is alive, unless something is on its way already. */
    synchronized void heartbeat() {
        if (waiting.isEmpty() && stalledSince == 0) {
            waiting.add(":\n\n");
        }
        wake();
    }

    /** Ends it with a last comment, as far as the reader still reads. */
    synchronized void end(String comment) {
        waiting.add(": " + comment + "\n\n");
        closing = true;
        wake();
    }

    /** Since when it has not been able to write, by {@link System#nanoTime}; 0 while it is. */
    long stalledSince() {
        return stalledSince;
    }

    /** Ends it without waiting for the reader. */
    synchronized void drop() {
        if (!over) {
            log.info("a reader of events that took nothing any more was dropped");
            complete();
        }
    }

    @Override
    public void onWritePossible() {
        wake();
    }

    private void write() {
        due.set(false);
        try {
            while (writeOne()) {
                log.trace("events are written on");
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("a reader of events has gone", e);
            finish();
        } catch (StrandlineException e) {
            log.debug("a reader of events waits until the catalog or its issuer can be asked", e);
        }
    }

    /** Writes or flushes once, as far as that does not block; false when there is nothing to do or it would. */
    private synchronized boolean writeOne() throws IOException {
        if (over) {
            return false;
        }
        if (!out.isReady()) {
            stalledSince = stalledSince == 0 ? System.nanoTime() : stalledSince;
            return false;
        }
        stalledSince = 0;
        if (!closing && !permitted()) {
            waiting.clear();
            end("the key or token does not count any more");
        }
        String text = waiting.isEmpty() && !closing ? fetch() : waiting.poll();
        if (text != null) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            flushDue = true;
            return true;
        }
        if (flushDue) {
            flushDue = false;
            out.flush();
            return true;
        }
        if (closing) {
            complete();
        }
        return false;
    }

    private boolean permitted() {
        long now = System.nanoTime();
        if (now - permittedAt < PERMIT_NANOS) {
            return true;
        }
        if (!permit.getAsBoolean()) {
            return false;
        }
        permittedAt = now;
        return true;
    }

    private @Nullable String fetch() {
        EventLog.Batch batch;
        StringBuilder text = new StringBuilder();
        do {
            batch = events.after(position, filter, AT_A_TIME);
            position = batch.position();
            batch.events().forEach(told -> append(told, text));
        } while (batch.more() && text.isEmpty());
        if (batch.more()) {
            wake();
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static void append(EventLog.Told told, StringBuilder text) {
        text.append("id: ").append(told.id());
        text.append("\nevent: ").append(told.event().type());
        text.append("\ndata: ").append(told.json()).append("\n\n");
    }

    private void complete() {
        over = true;
        exchange.complete();
        ended.accept(this);
    }

    private synchronized void finish() {
        if (!over) {
            complete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("a reader of events has gone", failure);
        finish();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        over = true;
        ended.accept(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        finish();
    }

    @Override
    public void onError(AsyncEvent event) {
        finish();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        throw new IllegalStateException("an exchange with a reader of events is begun once");
    }
}
