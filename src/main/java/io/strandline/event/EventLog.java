package io.strandline.event;

import io.strandline.catalog.history.ChangeFeed;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditEntry;
import io.strandline.problem.StrandlineException;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * All events in one order. Readers fetch what comes after the place they have reached: the newest from memory, older ones
 * from the audit; so nothing is kept for a reader that is slow or away, and nobody who makes changes waits for one. A thread
 * of its own follows the audit, where a change is seen once it is durable and everything before it can be read.
 */
@Component
public final class EventLog {

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);
    private static final int RECENT = 1_024;
    private static final int STRETCH = 500;
    private static final int NEWS_WAITING = 1_024;
    private static final long TRY_AGAIN_MILLIS = 1_000;

    private final History history;
    private final ChangeFeed feed;
    private final Narrator narrator;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private final Deque<LiveNews> news = new ArrayDeque<>();
    private final Deque<Told> recent = new ArrayDeque<>();
    private final Thread thread;
    private EventId newest;
    private EventId forgottenUpTo;
    private long extra;
    private boolean moreToRead;
    private boolean closed;

    EventLog(History history, ChangeFeed feed, Narrator narrator, Clock clock) {
        this.history = history;
        this.feed = feed;
        this.narrator = narrator;
        this.newest = new EventId(feed.readableUpTo(), 0);
        this.forgottenUpTo = newest;
        this.extra = clock.millis();
        this.thread = new Thread(this::follow, "events");
        thread.setDaemon(true);
        thread.start();
        feed.follow(this::wake);
    }

    /**
     * An event, ready to be sent.
     *
     * @param json the event as one line
     */
    public record Told(EventId id, Event event, String json) {}

    /**
     * What a reader gets at once.
     *
     * @param events those it wants, in order
     * @param position where to go on from, also past events that it does not want
     * @param more whether there may be more already
     */
    public record Batch(List<Told> events, EventId position, boolean more) {

        public Batch {
            events = List.copyOf(events);
        }
    }

    /** The place of the newest event. */
    public synchronized EventId newest() {
        return newest;
    }

    /** How many journaled changes there are after a place, wanted or not. */
    public long behind(EventId position) {
        return history.auditedAfter(position.place());
    }

    /** Has {@code reader} told that there is news; it must return at once. */
    public void follow(Runnable reader) {
        followers.add(reader);
    }

    /**
     * Events after a place.
     *
     * @throws StrandlineException {@code catalog-unavailable}
     */
    public Batch after(EventId position, EventFilter filter, int limit) {
        EventId upTo;
        synchronized (this) {
            if (position.compareTo(forgottenUpTo) >= 0) {
                return fromMemory(position, filter, limit);
            }
            upTo = forgottenUpTo;
        }
        return fromAudit(position, upTo, filter, limit);
    }

    private Batch fromMemory(EventId position, EventFilter filter, int limit) {
        List<Told> wanted = new ArrayList<>();
        for (Told told : recent) {
            if (told.id().compareTo(position) > 0 && filter.admits(told)) {
                if (wanted.size() == limit) {
                    return new Batch(wanted, wanted.get(limit - 1).id(), true);
                }
                wanted.add(told);
            }
        }
        return new Batch(wanted, position.compareTo(newest) > 0 ? position : newest, false);
    }

    private Batch fromAudit(EventId position, EventId upTo, EventFilter filter, int limit) {
        List<AuditEntry> entries = history.auditAfter(filter.ofAudit(), position.place(), upTo.place(), limit);
        List<Told> wanted =
                entries.stream().map(narrator::tell).filter(filter::admits).toList();
        EventId reached = entries.size() < limit
                ? upTo
                : new EventId(entries.get(entries.size() - 1).sequence(), 0);
        return new Batch(wanted, reached, true);
    }

    /** Tells of something that is not journaled. Returns at once; where too much waits the oldest is not told. */
    synchronized void publish(LiveNews live) {
        if (news.size() == NEWS_WAITING) {
            news.removeFirst();
        }
        news.addLast(live);
        notifyAll();
    }

    private synchronized void wake() {
        moreToRead = true;
        notifyAll();
    }

    @PreDestroy
    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private void follow() {
        try {
            while (awaitNews()) {
                try {
                    readOn();
                    tellLive();
                } catch (StrandlineException e) {
                    log.warn("events wait for the catalog: {}", e.getMessage());
                    pause();
                } catch (RuntimeException e) {
                    log.error("events could not be told; it is tried again", e);
                    pause();
                }
                followers.forEach(this::tell);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Runnable reader) {
        try {
            reader.run();
        } catch (RuntimeException e) {
            log.error("a reader of events could not be told that there is news", e);
        }
    }

    private synchronized boolean awaitNews() throws InterruptedException {
        while (!closed && !moreToRead && news.isEmpty()) {
            wait();
        }
        moreToRead = false;
        return !closed;
    }

    /** What failed is tried again after a while, though nothing new comes. */
    private synchronized void pause() throws InterruptedException {
        moreToRead = true;
        if (!closed) {
            wait(TRY_AGAIN_MILLIS);
        }
    }

    private void readOn() {
        long upTo = feed.readableUpTo();
        List<AuditEntry> entries;
        do {
            entries = history.auditAfter(History.AuditFilter.ALL, newest().place(), upTo, STRETCH);
            entries.forEach(entry -> add(narrator.tell(entry)));
        } while (entries.size() == STRETCH);
        synchronized (this) {
            newest = newest.place() < upTo ? new EventId(upTo, 0) : newest;
        }
    }

    private void tellLive() {
        List<LiveNews> waiting;
        synchronized (this) {
            waiting = List.copyOf(news);
            news.clear();
        }
        for (LiveNews live : waiting) {
            add(narrator.tell(new EventId(newest().place(), ++extra), live));
        }
    }

    private synchronized void add(Told told) {
        newest = told.id();
        recent.addLast(told);
        if (recent.size() > RECENT) {
            forgottenUpTo = recent.removeFirst().id();
        }
    }
}
