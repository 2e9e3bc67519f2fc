package io.strandline.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.Trashed;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MeteredLedgerTests {

    private static final Ledger.Scope SCOPE = new Ledger.Scope.OfServer();
    private static final Cause CAUSE = Cause.system("test");
    private static final SnapshotId ID = new SnapshotId(new UUID(1, 2));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final MeteredLedger ledger = new MeteredLedger(new SilentLedger(), registry);

    @Test
    void countsWhatBecameTrueOnce() {
        ledger.change(SCOPE, CAUSE, changes -> {
            changes.record(trashed("EXPIRED"));
            changes.record(trashed("EXPIRED"));
            changes.record(trashed("DELETED"));
            changes.record(started("START"));
            changes.record(started("RESTART"));
            return "done";
        });
        ledger.record(SCOPE, CAUSE, List.of(new SnapshotPurged(ID, Instant.EPOCH)));

        assertThat(count("strandline.retention.expired")).isEqualTo(2);
        assertThat(count("strandline.retention.deleted")).isEqualTo(1);
        assertThat(count("strandline.retention.purged")).isEqualTo(1);
        assertThat(count("strandline.starts")).isEqualTo(2);
        assertThat(count("strandline.restarts")).isEqualTo(1);
        assertThat(registry.get("strandline.journal.change").timer().count()).isEqualTo(2);
    }

    @Test
    void countsNothingThatWasRefused() {
        assertThatThrownBy(() -> ledger.change(SCOPE, CAUSE, changes -> {
                    changes.record(trashed("EXPIRED"));
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(count("strandline.retention.expired")).isZero();
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }

    private static Change trashed(String because) {
        return new SnapshotTrashed(ID, new Trashed(Instant.EPOCH, Instant.EPOCH), because);
    }

    private static Change started(String because) {
        return new InstanceStarted("j", "main", "i", 1, 1, 1, "rocksdb", null, because, Instant.EPOCH);
    }
}
