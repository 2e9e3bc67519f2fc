package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists what lies in the trash: jobs first, then versions, each newest first. */
@Service
public final class Trash {

    private final Catalog catalog;
    private final Housekeeping housekeeping;

    Trash(Catalog catalog, Housekeeping housekeeping) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
    }

    /** Jobs and versions after {@code position}, null for the beginning. */
    public List<TrashItem> list(@Nullable Position position, int limit) {
        List<TrashItem> items = new ArrayList<>();
        if (position == null || position.type() == TrashItem.Type.JOB) {
            String before = position == null ? null : position.id();
            catalog.jobs(true, before, limit).forEach(job -> items.add(item(job)));
        }
        if (items.size() < limit) {
            SnapshotId before = position != null && position.type() == TrashItem.Type.SNAPSHOT
                    ? SnapshotId.parse(position.id())
                    : null;
            items.addAll(items(housekeeping.trashed(before, limit - items.size())));
        }
        return items;
    }

    private static TrashItem item(Job job) {
        return new TrashItem(
                TrashItem.Type.JOB, job.id(), job.name(), null, null, null, at(job.trashed()), after(job.trashed()));
    }

    private List<TrashItem> items(List<Snapshot> versions) {
        Map<SnapshotId, Long> exclusive =
                catalog.exclusiveBytes(versions.stream().map(Snapshot::id).toList());
        return versions.stream()
                .map(version -> new TrashItem(
                        TrashItem.Type.SNAPSHOT,
                        version.id().toString(),
                        catalog.job(version.jobId()).map(Job::name).orElse(version.jobId()),
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
    public record Position(TrashItem.Type type, String id) {

        /** Of an item; {@link IllegalArgumentException} when that cannot be its id. */
        public static Position of(TrashItem.Type type, String id) {
            return new Position(
                    type, type == TrashItem.Type.SNAPSHOT ? SnapshotId.parse(id).toString() : id);
        }
    }
}
