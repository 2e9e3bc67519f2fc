package io.strandline.retention;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Tag;
import io.strandline.snapshot.SnapshotId;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags and holds of a {@link MemoryWorld}. */
final class MemoryReferences {

    private final Map<String, Tag> tags = new HashMap<>();
    private final Map<String, Hold> holds = new HashMap<>();
    private final Clock clock;

    MemoryReferences(Clock clock) {
        this.clock = clock;
    }

    /** Whether a method of the catalog's interfaces is answered here. */
    boolean answers(String method) {
        return Arrays.stream(getClass().getDeclaredMethods())
                .anyMatch(own ->
                        Modifier.isPublic(own.getModifiers()) && own.getName().equals(method));
    }

    void add(Tag tag) {
        tags.put(tag.name(), tag);
    }

    void add(Hold hold) {
        holds.put(hold.id(), hold);
    }

    void removeTag(String name) {
        tags.remove(name);
    }

    void removeHold(String id) {
        holds.remove(id);
    }

    public List<Tag> tags(String jobId) {
        return tags.values().stream()
                .filter(tag -> tag.jobId().equals(jobId) && live(tag.expiresAt()))
                .toList();
    }

    public List<Tag> tagsOf(SnapshotId id) {
        return tags.values().stream()
                .filter(tag -> tag.snapshot().equals(id) && live(tag.expiresAt()))
                .toList();
    }

    public List<Hold> holds(String jobId) {
        return holds.values().stream()
                .filter(hold -> hold.jobId().equals(jobId) && live(hold.expiresAt()))
                .toList();
    }

    public List<Hold> holdsOf(SnapshotId id) {
        return holds.values().stream()
                .filter(hold -> hold.snapshot().equals(id) && live(hold.expiresAt()))
                .toList();
    }

    public List<Tag> expiredTags(Instant at) {
        return tags.values().stream()
                .filter(tag -> tag.expiresAt() != null && !tag.expiresAt().isAfter(at))
                .toList();
    }

    public List<Hold> expiredHolds(Instant at) {
        return holds.values().stream()
                .filter(hold -> hold.expiresAt() != null && !hold.expiresAt().isAfter(at))
                .toList();
    }

    public List<Branch> trashedBranches(String jobId) {
        return List.of();
    }

    public List<Branch> branchesInTrash(@Nullable Instant at) {
        return List.of();
    }

    public List<String> outputPaths(String jobId) {
        return List.of();
    }

    private boolean live(@Nullable Instant expiresAt) {
        return expiresAt == null || expiresAt.isAfter(clock.instant());
    }
}
