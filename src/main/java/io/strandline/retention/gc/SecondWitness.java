package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.snapshot.MalformedManifestException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.ManifestDamagedException;
import io.strandline.snapshot.Manifests;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Walks the manifests in a store, whatever job, branch, trash or hold they belong to, and tells which of some condemned
 * files they name. It remembers what it has read, so that what a walk costs follows what is new and what is condemned; after
 * a start it reads ahead of the first walk. It does not ask the catalog's reference rows, except for a version known to be
 * damaged whose manifest cannot be read. A damaged manifest of a purged version speaks for no file: nothing may come back to it.
 */
@Component
final class SecondWitness {

    private static final Logger log = LoggerFactory.getLogger(SecondWitness.class);
    private static final int AHEAD_AT_ONCE = 5_000;

    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final Map<SnapshotStore, HeardManifests> heard = new IdentityHashMap<>();
    private final ReentrantLock hearing = new ReentrantLock();
    private @Nullable Iterator<ManifestName> ahead;

    SecondWitness(Catalog catalog, Housekeeping housekeeping) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
    }

    /**
     * Looks for the suspects in every manifest: those that were never read are, and of the others those that may name one.
     *
     * @throws WitnessException when a version that counts names one (the first disagreement), a manifest cannot be read, or
     *     there is no manifest at all in a store that holds files
     */
    Testimony hear(SnapshotStore store, Set<Digest> suspects) throws WitnessException {
        hearing.lock();
        try {
            return walk(store, suspects);
        } finally {
            hearing.unlock();
        }
    }

    /**
     * Reads some of the manifests that the store held when this was called first, so that the first walk need not read all at
     * once. Decides nothing, and keeps out of the way of a walk; what cannot be read is left to the walk, which refuses then.
     */
    void hearAhead(SnapshotStore store) {
        if (!hearing.tryLock()) {
            return;
        }
        try {
            Manifests manifests = new Manifests(store);
            if (ahead == null) {
                ahead = manifests.list().iterator();
            }
            HeardManifests memory = heard.computeIfAbsent(store, any -> new HeardManifests());
            for (int read = 0; read < AHEAD_AT_ONCE && ahead.hasNext(); read++) {
                hearAhead(manifests, ahead.next(), memory);
            }
            if (!ahead.hasNext()) {
                ahead = Collections.emptyIterator();
            }
        } catch (IOException e) {
            log.debug("the manifests cannot be listed yet", e);
        } finally {
            hearing.unlock();
        }
    }

    private static void hearAhead(Manifests manifests, ManifestName name, HeardManifests memory) {
        if (memory.knows(name)) {
            return;
        }
        try {
            memory.remember(name, digests(manifests.readUnchecked(name).manifest()));
        } catch (IOException e) {
            log.debug("the manifest {} is left to the walk", name, e);
        }
    }

    private Testimony walk(SnapshotStore store, Set<Digest> suspects) throws WitnessException {
        Manifests manifests = new Manifests(store);
        List<ManifestName> names = list(manifests);
        // without suspects nothing is at stake: the files may be those of the very first attempt, which is under way
        if (names.isEmpty() && !suspects.isEmpty()) {
            refuseEmptyRoots(store);
        }
        HeardManifests before = heard.computeIfAbsent(store, any -> new HeardManifests());
        before.forgetWhenStale(names.size());
        HeardManifests.Suspicion suspicion = before.mayName(suspects);
        Set<Digest> purgedOnly = new HashSet<>();
        for (ManifestName name : names) {
            boolean known = before.knows(name);
            if (known && !suspicion.about(name)) {
                continue;
            }
            Set<Digest> found = named(manifests, name, known ? null : before);
            found.retainAll(suspects);
            if (!found.isEmpty()) {
                if (!isPurged(name)) {
                    throw WitnessException.named(
                            "The manifest " + name + " names "
                                    + found.iterator().next() + ", which the catalog says nobody names.",
                            found);
                }
                purgedOnly.addAll(found);
            }
        }
        return new Testimony(names.size(), purgedOnly);
    }

    private static List<ManifestName> list(Manifests manifests) throws WitnessException {
        try {
            return manifests.list();
        } catch (IOException e) {
            throw WitnessException.unheard("The manifests cannot be listed: " + e.getMessage(), e);
        }
    }

    private static void refuseEmptyRoots(SnapshotStore store) throws WitnessException {
        try {
            if (!store.blobs().isEmpty()) {
                throw WitnessException.unheard("There is no manifest at all, yet the store holds files.", null);
            }
        } catch (WitnessException e) {
            throw e;
        } catch (IOException e) {
            throw WitnessException.unheard("The store's files cannot be listed: " + e.getMessage(), e);
        }
    }

    private Set<Digest> named(Manifests manifests, ManifestName name, @Nullable HeardManifests memory)
            throws WitnessException {
        try {
            Set<Digest> named = digests(manifests.readUnchecked(name).manifest());
            if (memory != null) {
                memory.remember(name, named);
            }
            return named;
        } catch (IOException e) {
            Optional<Snapshot> row = catalog.snapshot(name.folder(), name.number());
            if (isDamage(e) && isPurged(name)) {
                return new HashSet<>();
            }
            if (row.isPresent() && row.get().condition() != Snapshot.Condition.OK) {
                return housekeeping.files(row.get().id()).stream()
                        .map(Housekeeping.NamedFile::digest)
                        .collect(Collectors.toCollection(HashSet::new));
            }
            throw WitnessException.unheard("The manifest " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether the manifest itself is broken, rather than the disk it lies on. */
    static boolean isDamage(IOException failure) {
        return failure instanceof ManifestDamagedException || failure instanceof MalformedManifestException;
    }

    private boolean isPurged(ManifestName name) {
        return catalog.snapshot(name.folder(), name.number())
                .filter(version -> version.state() == Snapshot.State.PURGED)
                .isPresent();
    }

    /** The files a manifest names. */
    static Set<Digest> digests(Manifest manifest) {
        return manifest.content().operators().stream()
                .flatMap(operator -> operator.states().stream())
                .flatMap(state -> state.runs().stream())
                .map(run -> run.blob().digest())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * What the walk found.
     *
     * @param manifests how many it has heard, now or before
     * @param purgedOnly suspects that only manifests of purged versions name, which wait to be unlinked
     */
    record Testimony(int manifests, Set<Digest> purgedOnly) {}
}
