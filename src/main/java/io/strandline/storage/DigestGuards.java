package io.strandline.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock and a count of pins for each digest in use, for implementations of {@link SnapshotStore}.
 *
 * <p>Linking, pinning and condemning one blob exclude each other; different blobs never wait for one another. An entry
 * lives while someone holds its lock or a pin, so memory follows what is in use.
 */
public final class DigestGuards {

    private final ConcurrentHashMap<Digest, Entry> entries = new ConcurrentHashMap<>();

    /** Waits for the digest's lock; close the guard to let go. */
    public Guard enter(Digest digest) {
        Entry entry = entries.compute(digest, (key, present) -> {
            Entry used = present == null ? new Entry() : present;
            used.users++;
            return used;
        });
        entry.lock.lock();
        return new Guard(digest, entry);
    }

    /**
     * Pins all of {@code digests} or none.
     *
     * @param live asked under each digest's guard unless it is pinned already
     * @throws BlobMissingException naming the first that is not live
     */
    public Pin pin(Collection<Digest> digests, Liveness live) throws IOException {
        List<Digest> held = new ArrayList<>(digests.size());
        boolean complete = false;
        try {
            for (Digest digest : new LinkedHashSet<>(digests)) {
                try (Guard guard = enter(digest)) {
                    if (!guard.pinned() && !live.isLive(digest)) {
                        throw new BlobMissingException(digest);
                    }
                    guard.pin();
                }
                held.add(digest);
            }
            complete = true;
        } finally {
            if (!complete) {
                held.forEach(this::unpin);
            }
        }
        return new HeldPin(this, held);
    }

    /** Takes one pin off. */
    public void unpin(Digest digest) {
        try (Guard guard = enter(digest)) {
            guard.unpin();
        }
    }

    private void leave(Digest digest, Entry entry) {
        entry.lock.unlock();
        entries.compute(digest, (key, present) -> {
            entry.users--;
            return entry.users == 0 && entry.pins == 0 ? null : entry;
        });
    }

    /** Tells whether a blob is there to be pinned. */
    @FunctionalInterface
    public interface Liveness {

        /** Whether readers would find it. */
        boolean isLive(Digest digest) throws IOException;
    }

    /** The exclusive right to link, pin or condemn one digest; held by one thread. */
    public final class Guard implements AutoCloseable {

        private final Digest digest;
        private final Entry entry;

        private Guard(Digest digest, Entry entry) {
            this.digest = digest;
            this.entry = entry;
        }

        /** Whether anybody pins it. */
        public boolean pinned() {
            return entry.pins > 0;
        }

        /** Adds a pin. */
        public void pin() {
            entry.pins++;
        }

        /** Takes a pin off. */
        public void unpin() {
            if (entry.pins == 0) {
                throw new IllegalStateException(digest + " is not pinned");
            }
            entry.pins--;
        }

        @Override
        public void close() {
            leave(digest, entry);
        }
    }

    /** {@code users} changes inside the map's compute, {@code pins} under the lock. */
    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
        private int pins;
    }

    /** A pin on several digests. */
    private record HeldPin(DigestGuards guards, List<Digest> digests, AtomicBoolean open) implements Pin {

        HeldPin(DigestGuards guards, List<Digest> digests) {
            this(guards, digests, new AtomicBoolean(true));
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                digests.forEach(guards::unpin);
            }
        }
    }
}
