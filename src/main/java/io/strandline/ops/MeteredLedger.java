package io.strandline.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.SnapshotChange.SnapshotVerified;
import java.util.ArrayList;
import java.util.List;

/** A ledger that is timed and whose starts of instances are counted once they are true. */
public final class MeteredLedger implements Ledger {

    private final Ledger ledger;
    private final Timer changes;
    private final Timer commits;
    private final Counter starts;
    private final Counter restarts;
    private final Counter damages;

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
        this.damages = counter(registry, "strandline.damage", "Versions found damaged or lost");
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
    public CommitResult commit(Commit commit, Cause cause) {
        Timer.Sample time = Timer.start();
        CommitResult result = ledger.commit(commit, cause);
        time.stop(commits);
        return result;
    }

    private void count(Change change) {
        if (change instanceof InstanceStarted started) {
            starts.increment();
            if (started.because().equals("RESTART")) {
                restarts.increment();
            }
        } else if (tellsOfDamage(change)) {
            damages.increment();
        }
    }

    private static boolean tellsOfDamage(Change change) {
        if (change instanceof SnapshotVerified verified) {
            return verified.condition() != Condition.OK;
        }
        return change instanceof ConditionChanged changed && changed.condition() != Condition.OK;
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
