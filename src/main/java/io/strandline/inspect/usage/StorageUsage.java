package io.strandline.inspect.usage;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Housekeeping.Use;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.inspect.usage.UsageAnswer.BranchBytes;
import io.strandline.inspect.usage.UsageAnswer.JobBytes;
import io.strandline.inspect.usage.UsageAnswer.KindBytes;
import io.strandline.inspect.usage.UsageAnswer.StoreBytes;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.StoreUsage;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds up what versions take, from the reference rows: what is not in the trash, what is, by branch and by kind. */
@Component
public final class StorageUsage {

    private static final String LIST = "storage-usage";
    private static final int JOBS_REMEMBERED = 2_000;

    private final SnapshotStores stores;
    private final NamedJobs names;
    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final History history;
    private final Map<String, Counted> counted = new LinkedHashMap<>(16, 0.75f, true);

    StorageUsage(SnapshotStores stores, NamedJobs names, Catalog catalog, Housekeeping housekeeping, History history) {
        this.history = history;
        this.stores = stores;
        this.names = names;
        this.catalog = catalog;
        this.housekeeping = housekeeping;
    }

    /** What the disk holds, and what each job of a page, or one job, has on it. */
    public UsageAnswer read(@Nullable String job, PageQuery page) {
        List<String> after = page.after(LIST, 1);
        List<Job> jobs = job != null
                ? List.of(names.named(job))
                : catalog.jobs(false, after.isEmpty() ? null : after.get(0), page.fetchSize());
        Page<Job> cut = Page.of(jobs, page, LIST, found -> List.of(found.id()));
        return new UsageAnswer(store(), cut.items().stream().map(this::ofJob).toList(), cut.nextCursor());
    }

    private StoreBytes store() {
        SnapshotStore store = stores.durable();
        try {
            StoreUsage usage = store.usage();
            return new StoreBytes(
                    usage.blobBytes(),
                    usage.quarantineBytes(),
                    usage.stagingBytes(),
                    usage.manifestBytes(),
                    store.freeBytes());
        } catch (IOException e) {
            throw Problem.of(ErrorCode.STORAGE_UNAVAILABLE, "The store cannot be walked: " + e.getMessage() + ".")
                    .asException(e);
        }
    }

    /** What a job had when its newest change was the one at this place. */
    private record Counted(long change, JobBytes bytes) {}

    /** Counted anew only once something has changed in the job. */
    private JobBytes ofJob(Job job) {
        long change = history.newestChange(job.id()); // before the rows: a change in between is noticed the next time
        synchronized (counted) {
            Counted before = counted.get(job.id());
            if (before != null && before.change() == change) {
                return before.bytes();
            }
        }
        JobBytes bytes = count(job);
        synchronized (counted) {
            counted.put(job.id(), new Counted(change, bytes));
            if (counted.size() > JOBS_REMEMBERED) {
                counted.remove(counted.keySet().iterator().next());
            }
        }
        return bytes;
    }

    private JobBytes count(Job job) {
        List<Use> uses = housekeeping.uses(job.id());
        Map<Digest, Long> all = files(uses, use -> true);
        long bytes = sum(all.values());
        long live =
                sum(files(uses, use -> use.state() != Snapshot.State.TRASHED).values());
        return new JobBytes(
                job.name(),
                all.size(),
                bytes,
                live,
                bytes - live,
                by(uses, Use::branch).entrySet().stream()
                        .map(entry -> new BranchBytes(entry.getKey(), entry.getValue()))
                        .toList(),
                by(uses, Use::kind).entrySet().stream()
                        .map(entry -> new KindBytes(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static <K extends Comparable<K>> Map<K, Long> by(List<Use> uses, Function<Use, K> share) {
        Map<K, Map<Digest, Long>> files = new TreeMap<>();
        uses.forEach(use ->
                files.computeIfAbsent(share.apply(use), any -> new HashMap<>()).put(use.digest(), use.sizeBytes()));
        Map<K, Long> bytes = new TreeMap<>();
        files.forEach((key, own) -> bytes.put(key, sum(own.values())));
        return bytes;
    }

    private static Map<Digest, Long> files(List<Use> uses, Predicate<Use> chosen) {
        Map<Digest, Long> files = new HashMap<>();
        uses.stream().filter(chosen).forEach(use -> files.put(use.digest(), use.sizeBytes()));
        return files;
    }

    private static long sum(Collection<Long> bytes) {
        return bytes.stream().mapToLong(Long::longValue).sum();
    }
}
