package io.strandline.catalog.ledger;

import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import io.strandline.storage.Digest;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries that are in the journal and that the catalog has yet to learn of, applied in order as soon as it can be. */
final class Backlog {

    private static final Logger log = LoggerFactory.getLogger(Backlog.class);

    private final TreeMap<Long, Owed> entries = new TreeMap<>();
    private final Object draining = new Object();

    /**
     * An entry to apply.
     *
     * @param manifest the content of the version it completes, if it does
     */
    record Owed(JournalEntry entry, @Nullable Manifest manifest) {

        boolean names(Digest digest) {
            return manifest != null
                    && manifest.content().operators().stream()
                            .flatMap(operator -> operator.states().stream())
                            .flatMap(state -> state.runs().stream())
                            .anyMatch(run -> run.blob().digest().equals(digest));
        }
    }

    void add(Owed owed) {
        synchronized (entries) {
            entries.put(owed.entry().sequence(), owed);
        }
    }

    boolean isEmpty() {
        synchronized (entries) {
            return entries.isEmpty();
        }
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** Whether entries of a scope wait. */
    boolean owes(Scope scope) {
        synchronized (entries) {
            return entries.values().stream()
                    .anyMatch(owed -> owed.entry().scope().equals(scope));
        }
    }

    /** Whether a version among those waiting names a file; a completed one without its manifest at hand might. */
    boolean names(Digest digest) {
        synchronized (entries) {
            return entries.values().stream()
                    .anyMatch(owed -> owed.names(digest) || owed.manifest() == null && completes(owed));
        }
    }

    /** The newest answer among those waiting that was kept for a key. */
    Optional<RequestAnswered> answer(String key) {
        synchronized (entries) {
            return entries.descendingMap().values().stream()
                    .flatMap(owed -> owed.entry().changes().stream())
                    .filter(RequestAnswered.class::isInstance)
                    .map(RequestAnswered.class::cast)
                    .filter(answered -> answered.key().equals(key))
                    .findFirst();
        }
    }

    /** Whether an entry among those waiting is the effect of the request with this key. */
    boolean hasEffect(String key) {
        synchronized (entries) {
            return entries.values().stream()
                    .map(owed -> owed.entry().cause().request())
                    .anyMatch(request -> request != null && request.key().equals(key));
        }
    }

    private static boolean completes(Owed owed) {
        return owed.entry().changes().stream().anyMatch(SnapshotCompleted.class::isInstance);
    }

    /** Applies what waits, oldest first; behind an entry that fails, others of its scope keep waiting. */
    void drain(Consumer<Owed> apply) {
        synchronized (draining) {
            Map<Long, Owed> waiting;
            synchronized (entries) {
                waiting = new TreeMap<>(entries);
            }
            Set<Scope> stuck = new HashSet<>();
            for (Owed owed : waiting.values()) {
                Scope scope = owed.entry().scope();
                if (!stuck.contains(scope) && !applied(owed, apply)) {
                    stuck.add(scope);
                }
            }
        }
    }

    private boolean applied(Owed owed, Consumer<Owed> apply) {
        try {
            apply.accept(owed);
        } catch (StrandlineException e) {
            log.warn("entry {} still waits for the catalog: {}", owed.entry().sequence(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            log.error("entry {} cannot be applied to the catalog", owed.entry().sequence(), e);
            return false;
        }
        synchronized (entries) {
            entries.remove(owed.entry().sequence());
        }
        return true;
    }
}
