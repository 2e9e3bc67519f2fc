package io.strandline.event.web;

import io.strandline.event.EventLog;
import io.strandline.event.web.EventStream.Opening;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All readers of the stream: so many and no more, woken when there is news, kept alive, dropped when they take nothing, and
 * told when the server stops.
 */
@Component
final class EventReaders implements SmartLifecycle {

    private static final int THREADS = 2;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final EventLog events;
    private final EventSettings settings;
    private final Set<EventStream> streams = new HashSet<>();
    private final ScheduledExecutorService writers = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "event-writer");
        thread.setDaemon(true);
        return thread;
    });
    private boolean open;

    EventReaders(EventLog events, EventSettings settings) {
        this.events = events;
        this.settings = settings;
        events.follow(this::wake);
        long pause = settings.heartbeat().toMillis();
        writers.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * Refuses one reader too many, before anything is answered.
     *
     * @throws StrandlineException {@code too-many-requests}; {@code unavailable} while the server stops
     */
    synchronized void refuseWhenFull() {
        if (!open) {
            throw new StrandlineException(ErrorCode.UNAVAILABLE, "The server stops; read on once it is back.");
        }
        if (streams.size() >= settings.readers()) {
            throw Problem.of(
                            ErrorCode.TOO_MANY_REQUESTS,
                            "There are " + settings.readers()
                                    + " readers of events already (strandline.events.readers).")
                    .withRetryAfter(Duration.ofSeconds(10))
                    .asException();
        }
    }

    /** Begins a stream. */
    void begin(Opening opening) {
        EventStream stream = new EventStream(opening, events, writers, this::forget);
        synchronized (this) {
            streams.add(stream);
        }
        stream.begin();
    }

    /** How many readers there are. */
    synchronized int count() {
        return streams.size();
    }

    private synchronized Set<EventStream> all() {
        return Set.copyOf(streams);
    }

    private synchronized void forget(EventStream stream) {
        streams.remove(stream);
        notifyAll();
    }

    private void wake() {
        all().forEach(EventStream::wake);
    }

    private void beat() {
        long now = System.nanoTime();
        for (EventStream stream : all()) {
            long since = stream.stalledSince();
            if (since != 0 && now - since > settings.stalled().toNanos()) {
                stream.drop();
            } else {
                stream.heartbeat();
            }
        }
    }

    @Override
    public synchronized void start() {
        open = true;
    }

    /** Before the web server waits for requests to end, which streams never would. */
    @Override
    public void stop() {
        synchronized (this) {
            open = false;
        }
        all().forEach(stream -> stream.end("the server stops"));
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        synchronized (this) {
            try {
                long left = LAST_WORDS.toMillis();
                while (!streams.isEmpty() && left > 0) {
                    wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        all().forEach(EventStream::drop);
        writers.shutdown();
    }

    @Override
    public synchronized boolean isRunning() {
        return open;
    }
}
