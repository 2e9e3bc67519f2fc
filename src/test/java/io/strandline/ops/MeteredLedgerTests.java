package io.strandline.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.SnapshotChange.SnapshotVerified;
import io.strandline.catalog.Verification;
import io.strandline.catalog.Verification.Outcome;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredLedgerTests {

    private static final Ledger.Scope SCOPE = new Ledger.Scope.OfServer();
    private static final Cause CAUSE = Cause.system("test");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final MeteredLedger ledger = new MeteredLedger(new SilentLedger(), registry);

    @Test
    void countsStartsThatBecameTrueOnce() {
        ledger.change(SCOPE, CAUSE, changes -> {
            changes.record(started("START"));
            changes.record(started("RESTART"));
            return "done";
        });
        ledger.record(SCOPE, CAUSE, List.of(started("RECOVERY")));

        assertThat(count("strandline.starts")).isEqualTo(3);
        assertThat(count("strandline.restarts")).isEqualTo(1);
        assertThat(registry.get("strandline.journal.change").timer().count()).isEqualTo(2);
    }

    @Test
    void countsVersionsFoundDamaged() {
        SnapshotId id = SnapshotId.parse("019ca6b4-748b-75f3-b4ec-bff843e13794");
        Verification intact = new Verification(Verification.Level.CHECKSUMS, Instant.EPOCH, Outcome.INTACT);
        ledger.record(SCOPE, CAUSE, List.of(new ConditionChanged(id, Condition.DAMAGED, "as the test wants")));
        ledger.record(SCOPE, CAUSE, List.of(new SnapshotVerified(id, intact, Condition.OK, null)));

        assertThat(count("strandline.damage")).isEqualTo(1);
    }

    @Test
    void countsNothingThatWasRefused() {
        assertThatThrownBy(() -> ledger.change(SCOPE, CAUSE, changes -> {
                    changes.record(started("START"));
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(count("strandline.starts")).isZero();
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }

    private static Change started(String because) {
        return new InstanceStarted("j", "main", "i", 1, 1, 1, "rocksdb", null, because, Instant.EPOCH);
    }
}
