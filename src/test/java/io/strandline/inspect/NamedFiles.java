package io.strandline.inspect;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Outline;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The file rows of one version, which nothing else shares. */
record NamedFiles(List<Blob> blobs) implements Housekeeping {

    @Override
    public boolean named(Digest digest) {
        return blobs.stream().anyMatch(blob -> blob.digest().equals(digest));
    }

    @Override
    public Set<Digest> unnamed(Collection<Digest> digests) {
        return digests.stream().filter(digest -> !named(digest)).collect(Collectors.toSet());
    }

    @Override
    public List<Snapshot> versionsNaming(Digest digest) {
        return List.of();
    }

    @Override
    public List<NamedFile> files(SnapshotId id) {
        return blobs.stream()
                .map(blob -> new NamedFile(blob.digest(), blob.sizeBytes(), "RUN"))
                .toList();
    }

    @Override
    public Map<SnapshotId, List<NamedFile>> filesOf(Collection<SnapshotId> ids) {
        return ids.stream().distinct().collect(Collectors.toMap(id -> id, this::files));
    }

    @Override
    public Room roomOf(Collection<SnapshotId> ids) {
        return new Room(blobs.size(), blobs.stream().mapToLong(Blob::sizeBytes).sum());
    }

    @Override
    public List<Outline> outlines(String jobId, boolean labelled) {
        return List.of();
    }

    @Override
    public Map<Digest, Sharing> sharing(Snapshot version) {
        return Map.of();
    }

    @Override
    public List<Use> uses(String jobId) {
        return List.of();
    }

    @Override
    public List<Snapshot> trashed(@Nullable SnapshotId beforeId, int limit) {
        return List.of();
    }

    @Override
    public List<Snapshot> purged(String jobId, Collection<Long> numbers) {
        return List.of();
    }

    @Override
    public List<Snapshot> dueForPurge(Instant at, int limit) {
        return List.of();
    }

    @Override
    public List<Job> jobsDueForPurge(Instant at) {
        return List.of();
    }

    @Override
    public List<Branch> branchesInTrash(@Nullable Instant at) {
        return List.of();
    }

    @Override
    public List<String> outputPaths(String jobId) {
        return List.of();
    }

    @Override
    public List<Tag> expiredTags(Instant at) {
        return List.of();
    }

    @Override
    public List<Hold> expiredHolds(Instant at) {
        return List.of();
    }
}
