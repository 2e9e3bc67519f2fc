package io.strandline.engine.operator.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Sessions of rows (time, key, value) one by one, as plainly as can be: a list of rows a session. */
final class SessionReference {

    final List<List<Object>> emitted = new ArrayList<>();
    final List<List<Object>> late = new ArrayList<>();
    private final TreeMap<Long, List<Session>> sessions = new TreeMap<>();
    private final long gap;
    private final long lateness;
    private long watermark;

    SessionReference(long gap, long lateness, long watermark) {
        this.gap = gap;
        this.lateness = lateness;
        this.watermark = watermark;
    }

    void row(long time, long key, long value) {
        List<Session> of = sessions.computeIfAbsent(key, any -> new ArrayList<>());
        Session merged = new Session(key, time, time, new ArrayList<>(List.of(value)), false);
        List<Session> touched = of.stream()
                .filter(session -> time - session.last < gap && session.first - time < gap)
                .toList();
        for (Session session : touched) {
            merged = merged.with(session);
        }
        if (merged.last + gap - 1 + lateness <= watermark) {
            late.add(List.of(key, value));
            return;
        }
        of.removeAll(touched);
        of.add(merged);
        if (merged.last + gap - 1 <= watermark) {
            emit(merged);
        }
    }

    void advance(long to) {
        watermark = to;
        for (List<Session> of : sessions.values()) {
            of.sort(Comparator.comparing(session -> session.first));
            for (Session session : List.copyOf(of)) {
                if (!session.done && session.last + gap - 1 <= to) {
                    emit(session);
                }
                if (session.last + gap - 1 + lateness <= to) {
                    of.remove(session);
                }
            }
        }
    }

    private void emit(Session session) {
        session.done = true;
        emitted.add(List.of(
                session.key,
                session.first,
                session.last + gap,
                (long) session.values.size(),
                session.values.stream().mapToLong(value -> value).sum()));
    }

    private static final class Session {

        private final long key;
        private final long first;
        private final long last;
        private final List<Long> values;
        private boolean done;

        Session(long key, long first, long last, List<Long> values, boolean done) {
            this.key = key;
            this.first = first;
            this.last = last;
            this.values = values;
            this.done = done;
        }

        Session with(Session other) {
            List<Long> all = new ArrayList<>(values);
            all.addAll(other.values);
            return new Session(key, Math.min(first, other.first), Math.max(last, other.last), all, false);
        }
    }
}
