package io.strandline.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.snapshot.Manifest;
import java.util.ArrayList;
import java.util.List;

/** A ledger whose changes are counted once they are true. */
public final class MeteredLedger implements Ledger {

    private final Ledger ledger;
    private final Timer changes;
    private final Timer commits;
    private final Counter starts;
    private final Counter restarts;
    private final Counter expired;
    private final Counter deleted;
    private final Counter purged;

    public MeteredLedger(Ledger ledger, MeterRegistry registry) {
        this.ledger = ledger;
        this.changes = Timer.builder("strandline.journal.change")
                .description("Time to decide, journal and commit a change")
                .register(registry);
        this.commits = Timer.builder("strandline.journal.commit")
                .description("Time to write a version's manifest and journal it")
                .register(registry);
        this.starts = counter(registry, "strandline.starts", "Instances started, restarts included");
        this.restarts = counter(registry, "strandline.restarts", "Instances started after a failure");
        this.expired = counter(registry, "strandline.retention.expired", "Versions a policy put into the trash");
        this.deleted = counter(registry, "strandline.retention.deleted", "Versions a person put into the trash");
        this.purged = counter(registry, "strandline.retention.purged", "Versions whose files were given up");
    }

    @Override
    public <T> T change(Scope scope, Cause cause, Decision<T> decision) {
        List<Change> made = new ArrayList<>();
        Timer.Sample time = Timer.start();
        T result = ledger.change(scope, cause, into -> {
            made.clear(); // a decision may be taken again
            return decision.decide(change -> {
                into.record(change);
                made.add(change);
            });
        });
        time.stop(changes);
        made.forEach(this::count);
        return result;
    }

    @Override
    public void record(Scope scope, Cause cause, List<Change> made) {
        Timer.Sample time = Timer.start();
        ledger.record(scope, cause, made);
        time.stop(changes);
        made.forEach(this::count);
    }

    @Override
    public long reserveNumber(String jobId) {
        return ledger.reserveNumber(jobId);
    }

    @Override
    public CommitResult commit(SnapshotCompleted completed, Manifest manifest, Cause cause, ManifestWrite write) {
        Timer.Sample time = Timer.start();
        CommitResult result = ledger.commit(completed, manifest, cause, write);
        time.stop(commits);
        return result;
    }

    private void count(Change change) {
        if (change instanceof InstanceStarted started) {
            starts.increment();
            if (started.because().equals("RESTART")) {
                restarts.increment();
            }
        } else if (change instanceof SnapshotTrashed trashed) {
            (trashed.because().equals("EXPIRED") ? expired : deleted).increment();
        } else if (change instanceof SnapshotPurged) {
            purged.increment();
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
