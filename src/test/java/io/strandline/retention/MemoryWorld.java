package io.strandline.retention;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.OperationChange;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.Policy;
import io.strandline.catalog.PolicyChange;
import io.strandline.catalog.RefChange;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.History.AuditEntry;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.history.Housekeeping.Room;
import io.strandline.catalog.history.Instance;
import io.strandline.catalog.history.Outline;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.Digest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, versions and refs in maps, behind the catalog's interfaces: a fake of the ledger for tests of retention. A method
 * of an interface is answered by the method here, or of {@link MemoryReferences}, that has its name and parameters.
 */
public final class MemoryWorld {

    /** Every change, in order. */
    public final List<Change> journal = new ArrayList<>();

    private final SettableClock clock;
    private final Map<String, Job> jobs = new TreeMap<>(Comparator.reverseOrder());
    private final Map<String, Map<String, Branch>> branches = new HashMap<>();
    private final Map<SnapshotId, Snapshot> snapshots = new TreeMap<>(Comparator.reverseOrder());
    private final Map<SnapshotId, List<NamedFile>> files = new HashMap<>();
    private final MemoryReferences refs;
    private final Map<Policy.Owner, Policy> policies = new HashMap<>();
    private final List<Instance> instances = new ArrayList<>();
    private Instant newestEntry = Instant.EPOCH;

    public MemoryWorld(SettableClock clock) {
        this.clock = clock;
        this.refs = new MemoryReferences(clock);
    }

    /** This world seen as one of the catalog's interfaces. */
    public <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object part = refs.answers(method.getName()) ? refs : this;
            try {
                return part.getClass()
                        .getMethod(method.getName(), method.getParameterTypes())
                        .invoke(part, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } catch (NoSuchMethodException e) {
                throw new UnsupportedOperationException(method.toString(), e);
            }
        }));
    }

    public Job addJob(String name) {
        String id = "job-" + (jobs.size() + 1);
        jobs.put(id, new Job(id, name, null, clock.instant(), null));
        branches.put(id, new TreeMap<>(Map.of(Branch.MAIN, branch(id, Branch.MAIN, null, null))));
        return jobs.get(id);
    }

    /** A version on the line of {@code main}, its new head. */
    public Snapshot addVersion(Job job, long number, SnapshotKind kind, Instant at, NamedFile... named) {
        SnapshotId parent = branches.get(job.id()).get(Branch.MAIN).head();
        SnapshotId id = new SnapshotId(new UUID(0x7000L + number, job.id().hashCode()));
        Snapshot version =
                VersionRows.completed(id, job, new VersionRows.Attempt(number, kind, parent, at), List.of(named));
        snapshots.put(id, version);
        files.put(id, List.of(named));
        moveHead(job, version);
        return version;
    }

    public void moveHead(Job job, Snapshot to) {
        moveHead(job, Branch.MAIN, to);
    }

    /** Moves the head of a branch, which is made if need be. */
    public void moveHead(Job job, String branch, Snapshot to) {
        branches.get(job.id()).put(branch, branch(job.id(), branch, to.id(), to.number()));
    }

    /** Puts a version where it is told to be. */
    public void put(Snapshot version, NamedFile... named) {
        snapshots.put(version.id(), version);
        files.put(version.id(), List.of(named));
    }

    /** Says by which digest a version's manifest is known. */
    public Snapshot describe(Snapshot version, String manifestDigest) {
        Snapshot described = VersionRows.with(version, manifestDigest);
        snapshots.put(version.id(), described);
        return described;
    }

    public void save(Policy policy) {
        policies.put(policy.owner(), policy);
    }

    public void addHold(String id, Snapshot on, Hold.Kind kind, @Nullable Instant expiresAt) {
        refs.add(new Hold(id, on.jobId(), on.id(), kind, "because", "ann", null, clock.instant(), expiresAt));
    }

    public void addTag(String name, Snapshot on, @Nullable Instant expiresAt) {
        refs.add(new Tag(on.jobId(), name, on.id(), on.number(), null, "ann", clock.instant(), expiresAt));
    }

    public void trash(Snapshot version, Instant purgeAfter) {
        apply(new SnapshotChange.SnapshotTrashed(version.id(), new Trashed(clock.instant(), purgeAfter), "DELETED"));
    }

    public void damage(Snapshot version) {
        snapshots.computeIfPresent(
                version.id(), (id, s) -> VersionRows.with(s, s.state(), Snapshot.Condition.DAMAGED, s.trashed()));
    }

    /** Forgets that a version names its files, as a broken catalog would. */
    public void loseFileRows(Snapshot version) {
        files.put(version.id(), List.of());
    }

    public void trash(Job job, Instant purgeAfter) {
        jobs.put(
                job.id(),
                new Job(job.id(), job.name(), null, job.createdAt(), new Trashed(clock.instant(), purgeAfter)));
    }

    public Snapshot.State stateOf(Snapshot version) {
        return Objects.requireNonNull(snapshots.get(version.id())).state();
    }

    public void entryAt(Instant at) {
        newestEntry = at;
    }

    private static Branch branch(String jobId, String name, @Nullable SnapshotId head, @Nullable Long number) {
        return new Branch(
                jobId,
                name,
                head,
                number,
                List.of(),
                1,
                Branch.Desired.STOPPED,
                1,
                null,
                false,
                null,
                Branch.Protection.OF_MAIN,
                Map.of(),
                null);
    }

    // Ledger

    public synchronized <T> T change(Ledger.Scope scope, Cause cause, Ledger.Decision<T> decision) {
        Map<SnapshotId, Snapshot> before = new HashMap<>(snapshots);
        int entries = journal.size();
        boolean done = false;
        try {
            T result = decision.decide(this::apply);
            done = true;
            return result;
        } finally {
            if (!done) {
                snapshots.putAll(before);
                journal.subList(entries, journal.size()).clear();
            }
        }
    }

    public synchronized void record(Ledger.Scope scope, Cause cause, List<Change> changes) {
        changes.forEach(this::apply);
    }

    private void apply(Change change) {
        journal.add(change);
        if (change instanceof SnapshotChange.SnapshotTrashed c) {
            move(c.id(), Snapshot.State.TRASHED, c.trashed());
        } else if (change instanceof SnapshotChange.SnapshotPurged c) {
            move(c.id(), Snapshot.State.PURGED, null);
        } else if (change instanceof SnapshotChange.ConditionChanged c) {
            snapshots.computeIfPresent(c.id(), (id, s) -> VersionRows.with(s, s.state(), c.condition(), s.trashed()));
        } else if (change instanceof RefChange.TagDeleted c) {
            refs.removeTag(c.name());
        } else if (change instanceof RefChange.HoldReleased c) {
            refs.removeHold(c.holdId());
        } else if (change instanceof PolicyChange.PolicySaved c) {
            policies.put(c.policy().owner(), c.policy());
        } else if (change instanceof PolicyChange.PolicyDeleted c) {
            policies.remove(new Policy.Owner(c.jobId(), c.branch()));
        } else if (change instanceof JobChange.JobPurged c) {
            jobs.remove(c.jobId());
        } else if (!(change instanceof OperationChange)) {
            throw new UnsupportedOperationException(change.toString());
        }
    }

    private void move(SnapshotId id, Snapshot.State state, @Nullable Trashed trashed) {
        snapshots.computeIfPresent(id, (key, s) -> VersionRows.with(s, state, s.condition(), trashed));
    }

    // Catalog without its tags and holds

    public List<Job> jobs(boolean trashed, @Nullable String beforeId, int limit) {
        return jobs.values().stream()
                .filter(job -> (job.trashed() != null) == trashed)
                .filter(job -> beforeId == null || job.id().compareTo(beforeId) < 0)
                .limit(limit)
                .toList();
    }

    public Optional<Job> job(String jobId) {
        return Optional.ofNullable(jobs.get(jobId));
    }

    public Optional<Job> jobNamed(String name) {
        return jobs.values().stream().filter(job -> job.name().equals(name)).findFirst();
    }

    public List<Branch> branches(String jobId) {
        return List.copyOf(branches.getOrDefault(jobId, Map.of()).values());
    }

    public Optional<Snapshot> snapshot(SnapshotId id) {
        return Optional.ofNullable(snapshots.get(id));
    }

    public Optional<Snapshot> snapshot(String jobId, long number) {
        return snapshots.values().stream()
                .filter(s -> s.jobId().equals(jobId) && s.number() == number)
                .findFirst();
    }

    public List<Snapshot> snapshots(SnapshotQuery query) {
        return snapshots.values().stream()
                .filter(s -> s.jobId().equals(query.jobId())
                        && (query.states().isEmpty() || query.states().contains(s.state())))
                .filter(s -> query.beforeNumber() == null || s.number() < query.beforeNumber())
                .sorted(Comparator.comparingLong(Snapshot::number).reversed())
                .limit(query.limit())
                .toList();
    }

    public Optional<PipelineVersion> pipeline(String jobId, int version) {
        return Optional.empty();
    }

    public int newestPipeline(String jobId) {
        return 0;
    }

    public Optional<Policy> policy(Policy.Owner owner) {
        return Optional.ofNullable(policies.get(owner));
    }

    public List<Policy> policies() {
        return List.copyOf(policies.values());
    }

    // History

    public List<Instance> openInstances() {
        return instances;
    }

    public List<Snapshot> ancestors(SnapshotId from, int limit) {
        List<Snapshot> line = new ArrayList<>();
        for (SnapshotId at = from; at != null && line.size() < limit; ) {
            Snapshot version = Objects.requireNonNull(snapshots.get(at));
            line.add(version);
            at = version.parent();
        }
        return line;
    }

    public List<AuditEntry> audit(AuditFilter filter, @Nullable Long beforeSequence, int limit) {
        return List.of();
    }

    public Instant newestEntryAt() {
        return newestEntry;
    }

    // Housekeeping

    public synchronized boolean named(Digest digest) {
        return !versionsNaming(digest).isEmpty();
    }

    public Set<Digest> unnamed(Collection<Digest> digests) {
        return digests.stream().filter(digest -> !named(digest)).collect(Collectors.toSet());
    }

    public List<Snapshot> versionsNaming(Digest digest) {
        return snapshots.values().stream()
                .filter(s ->
                        files(s.id()).stream().anyMatch(file -> file.digest().equals(digest)))
                .toList();
    }

    public List<NamedFile> files(SnapshotId id) {
        boolean purged = Objects.requireNonNull(snapshots.get(id)).state() == Snapshot.State.PURGED;
        return purged ? List.of() : files.getOrDefault(id, List.of());
    }

    public Map<SnapshotId, List<NamedFile>> filesOf(Collection<SnapshotId> ids) {
        return ids.stream().distinct().collect(Collectors.toMap(id -> id, this::files));
    }

    public Room roomOf(Collection<SnapshotId> ids) {
        Map<Digest, Long> only = new HashMap<>();
        for (SnapshotId id : ids) {
            files(id).stream()
                    .filter(file ->
                            versionsNaming(file.digest()).stream().allMatch(version -> ids.contains(version.id())))
                    .forEach(file -> only.put(file.digest(), file.sizeBytes()));
        }
        return new Room(
                only.size(), only.values().stream().mapToLong(size -> size).sum());
    }

    public List<Outline> outlines(String jobId, boolean labelled) {
        List<Snapshot> all = snapshots(
                new SnapshotQuery(jobId, null, Set.of(), Set.of(), Map.of(), null, null, null, Integer.MAX_VALUE));
        int last = all.size();
        while (last > 0 && all.get(last - 1).state() != Snapshot.State.COMPLETED) {
            last--;
        }
        return all.subList(0, last).stream().map(VersionRows::outline).toList();
    }

    public List<Snapshot> purged(String jobId, Collection<Long> numbers) {
        return snapshots.values().stream()
                .filter(s -> s.jobId().equals(jobId) && numbers.contains(s.number()))
                .filter(s -> s.state() == Snapshot.State.PURGED)
                .toList();
    }

    public List<Snapshot> trashed(@Nullable SnapshotId beforeId, int limit) {
        return snapshots.values().stream()
                .filter(s -> s.state() == Snapshot.State.TRASHED)
                .filter(s -> beforeId == null || s.id().compareTo(beforeId) < 0)
                .limit(limit)
                .toList();
    }

    public List<Snapshot> dueForPurge(Instant at, int limit) {
        return trashed(null, Integer.MAX_VALUE).stream()
                .filter(s -> s.trashed() != null && !s.trashed().purgeAfter().isAfter(at))
                .limit(limit)
                .toList();
    }

    public List<Job> jobsDueForPurge(Instant at) {
        return jobs.values().stream()
                .filter(job ->
                        job.trashed() != null && !job.trashed().purgeAfter().isAfter(at))
                .toList();
    }

    // OperationLog

    public List<LoggedOperation> unfinished() {
        return List.of();
    }
}
