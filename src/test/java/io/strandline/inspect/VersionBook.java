package io.strandline.inspect;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.SnapshotChange.SnapshotVerified;
import io.strandline.catalog.Verification;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.snapshot.SnapshotId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger of versions in a map: takes what verifications record, and notes it. Every file is named by every version. */
final class VersionBook implements Ledger {

    private final Map<SnapshotId, Snapshot> versions = new LinkedHashMap<>();
    private final List<Change> recorded = new ArrayList<>();

    void put(Snapshot version) {
        versions.put(version.id(), version);
    }

    Snapshot get(SnapshotId id) {
        return Optional.ofNullable(versions.get(id)).orElseThrow();
    }

    List<Change> recorded() {
        return recorded;
    }

    Catalog catalog() {
        return only(Catalog.class, "snapshot", id -> Optional.ofNullable(versions.get((SnapshotId) id)));
    }

    Housekeeping housekeeping() {
        return only(Housekeeping.class, "versionsNaming", digest -> List.copyOf(versions.values()));
    }

    @Override
    public <T> T change(Scope scope, Cause cause, Decision<T> decision) {
        return decision.decide(this::apply);
    }

    @Override
    public void record(Scope scope, Cause cause, List<Change> changes) {
        changes.forEach(this::apply);
    }

    @Override
    public long reserveNumber(String jobId) {
        throw new UnsupportedOperationException("reserveNumber");
    }

    @Override
    public CommitResult commit(Commit commit, Cause cause) {
        throw new UnsupportedOperationException("commit");
    }

    private void apply(Change change) {
        recorded.add(change);
        if (change instanceof SnapshotVerified verified) {
            put(with(get(verified.id()), verified.verification(), verified.condition(), verified.stateDigest()));
        } else if (change instanceof ConditionChanged changed) {
            Snapshot before = get(changed.id());
            put(with(before, before.verification(), changed.condition(), before.stateDigest()));
        } else {
            throw new UnsupportedOperationException(change.toString());
        }
    }

    static Snapshot with(
            Snapshot version, Verification verification, Condition condition, @Nullable String stateDigest) {
        return new Snapshot(
                version.id(),
                version.jobId(),
                version.branch(),
                version.number(),
                version.kind(),
                version.mode(),
                version.parent(),
                version.base(),
                version.revertsTo(),
                version.epoch(),
                version.pipelineVersion(),
                version.backend(),
                version.parallelism(),
                version.startedAt(),
                version.completedAt(),
                version.totalBytes(),
                version.newBytes(),
                version.manifestDigest(),
                stateDigest,
                version.durable(),
                version.labels(),
                version.description(),
                verification,
                version.state(),
                condition,
                version.trashed(),
                version.importedFrom(),
                version.signature());
    }

    /** An implementation of one method with one argument; all others are not expected. */
    private static <T> T only(Class<T> type, String name, java.util.function.Function<Object, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (Object proxy, Method method, Object[] arguments) -> {
                    if (method.getName().equals(name) && arguments.length == 1) {
                        return answer.apply(arguments[0]);
                    }
                    throw new InvocationTargetException(new UnsupportedOperationException(method.getName()));
                }));
    }
}
