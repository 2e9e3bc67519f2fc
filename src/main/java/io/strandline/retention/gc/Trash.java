package io.strandline.retention.gc;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.retention.gc.TrashItem.Type;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists what lies in the trash: jobs, then branches by job and name, then versions; jobs and versions newest first. */
@Service
public final class Trash {

    private final Catalog catalog;
    private final Housekeeping housekeeping;

    Trash(Catalog catalog, Housekeeping housekeeping) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
    }

    /** What comes after {@code position}, null for the beginning. */
    public List<TrashItem> list(@Nullable Position position, int limit) {
        List<TrashItem> items = new ArrayList<>();
        if (position == null || position.type() == Type.JOB) {
            String before = position == null ? null : position.id();
            catalog.jobs(true, before, limit).forEach(job -> items.add(item(job)));
        }
        if (position == null || position.type() != Type.SNAPSHOT) {
            String after = position != null && position.type() == Type.BRANCH ? position.id() : null;
            branches(after).limit(limit - items.size()).forEach(items::add);
        }
        if (items.size() < limit) {
            SnapshotId before =
                    position != null && position.type() == Type.SNAPSHOT ? SnapshotId.parse(position.id()) : null;
            items.addAll(items(housekeeping.trashed(before, limit - items.size())));
        }
        return items;
    }

    private static TrashItem item(Job job) {
        return new TrashItem(
                Type.JOB, job.id(), job.name(), null, null, null, null, at(job.trashed()), after(job.trashed()));
    }

    /** Few at any time: a branch leaves the trash when its window ends. */
    private Stream<TrashItem> branches(@Nullable String after) {
        return housekeeping.branchesInTrash(null).stream()
                .filter(branch -> after == null || id(branch).compareTo(after) > 0)
                .sorted(Comparator.comparing(Trash::id))
                .map(this::item);
    }

    private TrashItem item(Branch branch) {
        return new TrashItem(
                Type.BRANCH,
                id(branch),
                name(branch.jobId()),
                branch.name(),
                null,
                null,
                null,
                at(branch.trashed()),
                after(branch.trashed()));
    }

    private static String id(Branch branch) {
        return branch.jobId() + "/" + branch.name();
    }

    private String name(String jobId) {
        return catalog.job(jobId).map(Job::name).orElse(jobId);
    }

    private List<TrashItem> items(List<Snapshot> versions) {
        Map<SnapshotId, Long> exclusive =
                catalog.exclusiveBytes(versions.stream().map(Snapshot::id).toList());
        return versions.stream()
                .map(version -> new TrashItem(
                        Type.SNAPSHOT,
                        version.id().toString(),
                        name(version.jobId()),
                        null,
                        version.number(),
                        version.totalBytes(),
                        exclusive.get(version.id()),
                        at(version.trashed()),
                        after(version.trashed())))
                .toList();
    }

    private static @Nullable Instant at(@Nullable Trashed trashed) {
        return trashed == null ? null : trashed.at();
    }

    private static @Nullable Instant after(@Nullable Trashed trashed) {
        return trashed == null ? null : trashed.purgeAfter();
    }

    /** Where a page of the list ended. */
    public record Position(Type type, String id) {

        /** Of an item; {@link IllegalArgumentException} when that cannot be its id. */
        public static Position of(Type type, String id) {
            return new Position(
                    type, type == Type.SNAPSHOT ? SnapshotId.parse(id).toString() : id);
        }
    }
}
