package io.strandline.inspect;

import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.SnapshotId;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of versions that are open for look-ups: the most recently used ones, each until it has been idle for a while.
 * One that is in use is never closed; beyond the limit it is closed when its last user lets go.
 */
final class OpenStates implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpenStates.class);

    private final Loader loader;
    private final InspectSettings settings;
    private final LongSupplier nanoClock;
    private final Map<Name, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    OpenStates(Loader loader, InspectSettings settings, LongSupplier nanoClock) {
        this.loader = loader;
        this.settings = settings;
        this.nanoClock = nanoClock;
    }

    /** Asks one state of a version something, opening it if need be. */
    <T> T ask(Snapshot version, String operator, String state, Question<T> question) throws IOException {
        Name name = new Name(version.id(), operator, state);
        Open used = take(name);
        try {
            return question.ask(used.reader(loader, version));
        } finally {
            letGo(name, used);
        }
    }

    /** Closes what nobody has used for a while. */
    void closeIdle() {
        long now = nanoClock.getAsLong();
        List<Open> idle = new ArrayList<>();
        synchronized (open) {
            for (Iterator<Open> all = open.values().iterator(); all.hasNext(); ) {
                Open candidate = all.next();
                if (candidate.users == 0
                        && now - candidate.lastUse >= settings.idleTimeout().toNanos()) {
                    all.remove();
                    idle.add(candidate);
                }
            }
        }
        idle.forEach(OpenStates::close);
    }

    @Override
    public void close() {
        List<Open> unused = new ArrayList<>();
        synchronized (open) {
            open.values().stream().filter(candidate -> candidate.users == 0).forEach(unused::add);
            open.clear();
        }
        unused.forEach(OpenStates::close);
    }

    private Open take(Name name) {
        List<Open> surplus = new ArrayList<>();
        Open used;
        synchronized (open) {
            used = open.computeIfAbsent(name, any -> new Open(name));
            used.users++;
            for (Iterator<Open> eldest = open.values().iterator(); open.size() > settings.openStates(); ) {
                Open candidate = eldest.next();
                eldest.remove();
                if (candidate.users == 0) {
                    surplus.add(candidate);
                }
            }
        }
        surplus.forEach(OpenStates::close);
        return used;
    }

    private void letGo(Name name, Open used) {
        boolean last;
        synchronized (open) {
            used.users--;
            used.lastUse = nanoClock.getAsLong();
            if (used.failed()) {
                open.remove(name, used);
            }
            last = used.users == 0 && open.get(name) != used;
        }
        if (last) {
            close(used);
        }
    }

    private static void close(Open unused) {
        try {
            unused.close();
        } catch (IOException e) {
            log.warn("state {} did not close", unused.name, e);
        }
    }

    /** Opens one state of a version. */
    @FunctionalInterface
    interface Loader {

        /** Opens it. */
        SnapshotReader load(Snapshot version, String operator, String state) throws IOException;
    }

    /** What is asked of an open state. */
    @FunctionalInterface
    interface Question<T> {

        /** Asks. */
        T ask(SnapshotReader reader) throws IOException;
    }

    /** Names an open state. */
    private record Name(SnapshotId version, String operator, String state) {}

    /** One state; {@code users} and {@code lastUse} are guarded by the map, opening and closing by this object. */
    private static final class Open {

        private final Name name;
        private int users;
        private long lastUse;
        private volatile @Nullable SnapshotReader reader;

        Open(Name name) {
            this.name = name;
        }

        synchronized SnapshotReader reader(Loader loader, Snapshot version) throws IOException {
            SnapshotReader ready = reader;
            if (ready == null) {
                ready = loader.load(version, name.operator(), name.state());
                reader = ready;
            }
            return ready;
        }

        boolean failed() {
            return reader == null;
        }

        synchronized void close() throws IOException {
            SnapshotReader closing = reader;
            if (closing != null) {
                reader = null;
                closing.close();
            }
        }
    }
}
