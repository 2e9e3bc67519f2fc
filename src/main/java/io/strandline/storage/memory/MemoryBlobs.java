package io.strandline.storage.memory;

import io.strandline.storage.BlobMissingException;
import io.strandline.storage.Digest;
import io.strandline.storage.DigestGuards;
import io.strandline.storage.StoredBlob;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Live and quarantined byte arrays by digest; changes of one digest happen under its guard. */
final class MemoryBlobs {

    private final DigestGuards guards = new DigestGuards();
    private final ConcurrentSkipListMap<Digest, Content> live = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Digest, Content> quarantined = new ConcurrentSkipListMap<>();
    private final MemoryBudget budget;
    private final Clock clock;

    MemoryBlobs(MemoryBudget budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    DigestGuards guards() {
        return guards;
    }

    MemoryBudget budget() {
        return budget;
    }

    void addAndPin(Digest digest, MemoryStagedFile file) {
        try (DigestGuards.Guard guard = guards.enter(digest)) {
            if (!live.containsKey(digest)) {
                live.put(digest, new Content(file.handOver(), clock.instant()));
            }
            guard.pin();
        }
    }

    byte @Nullable [] find(Digest digest) {
        Content content = live.get(digest);
        return content == null ? null : content.bytes();
    }

    byte[] get(Digest digest) throws BlobMissingException {
        byte[] bytes = find(digest);
        if (bytes == null) {
            throw new BlobMissingException(digest);
        }
        return bytes;
    }

    boolean quarantine(Digest digest, Predicate<Digest> stillNamed) {
        try (DigestGuards.Guard guard = guards.enter(digest)) {
            Content content = live.get(digest);
            if (guard.pinned() || content == null || stillNamed.test(digest)) {
                return false;
            }
            live.remove(digest);
            Content before = quarantined.put(digest, new Content(content.bytes(), clock.instant()));
            give(before);
            return true;
        }
    }

    /** Deletes a live blob that nobody pins or names; false only when a pin was in the way. */
    boolean delete(Digest digest, Predicate<Digest> stillNamed) {
        try (DigestGuards.Guard guard = guards.enter(digest)) {
            if (guard.pinned()) {
                return false;
            }
            if (!stillNamed.test(digest)) {
                give(live.remove(digest));
            }
            return true;
        }
    }

    boolean release(Digest digest) {
        try (DigestGuards.Guard guard = guards.enter(digest)) {
            Content content = quarantined.remove(digest);
            if (content == null) {
                return false;
            }
            if (live.putIfAbsent(digest, content) != null) {
                give(content);
            }
            return true;
        }
    }

    long deleteQuarantined(Digest digest) {
        try (DigestGuards.Guard guard = guards.enter(digest)) {
            return give(quarantined.remove(digest));
        }
    }

    List<StoredBlob> live() {
        return listed(live);
    }

    List<StoredBlob> quarantined() {
        return listed(quarantined);
    }

    private static List<StoredBlob> listed(ConcurrentSkipListMap<Digest, Content> contents) {
        List<StoredBlob> found = new ArrayList<>();
        contents.forEach(
                (digest, content) -> found.add(new StoredBlob(digest, content.bytes().length, content.since())));
        return found;
    }

    private long give(@Nullable Content content) {
        long bytes = content == null ? 0 : content.bytes().length;
        budget.give(bytes);
        return bytes;
    }

    /** The bytes of a blob, and since when they lie where they do. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Content(byte[] bytes, Instant since) {}
}
