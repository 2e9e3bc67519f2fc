package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.JobMetrics.StoredMetrics;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredStateTests {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final StoredState stored = new StoredState(List.of());

    @Test
    void growsBetweenTheTwoNewestVersions() {
        stored.committed(List.of(counts(1000)), AT);
        assertThat(stored.of("counts")).isEqualTo(new StoredMetrics(1000, null));

        stored.committed(List.of(counts(1500)), AT.plusSeconds(10));
        assertThat(stored.of("counts")).isEqualTo(new StoredMetrics(1500, 50.0));

        stored.committed(List.of(counts(500)), AT.plusSeconds(20));
        assertThat(stored.of("counts")).isEqualTo(new StoredMetrics(500, -100.0));
        assertThat(stored.of("unknown")).isEqualTo(new StoredMetrics(0, 0.0));
    }

    @Test
    void knowsHowBigWhatItWentOnFromIsButNotSinceWhen() {
        StoredState restored = new StoredState(List.of(counts(700)));
        assertThat(restored.of("counts")).isEqualTo(new StoredMetrics(700, null));

        restored.committed(List.of(counts(800)), AT);
        assertThat(restored.of("counts")).isEqualTo(new StoredMetrics(800, null));
    }

    @Test
    void doesNotDivideByATimeThatDidNotPass() {
        stored.committed(List.of(counts(1000)), AT);
        stored.committed(List.of(counts(1000)), AT);

        assertThat(stored.of("counts").growthBytesPerSecond()).isNull();
    }

    private static OperatorContent counts(long bytes) {
        StateSchema schema = new StateSchema(
                "aggregates",
                StateSchema.Form.KEYED,
                List.of(new Column("key", ColumnType.LONG)),
                false,
                List.of(new Column("rows", ColumnType.LONG)));
        Blob file = new Blob("application/octet-stream", new Digest("a".repeat(64)), bytes);
        Run run = new Run(1, 0, new KeyGroupRange(0, 127), 1, 0, file);
        return new OperatorContent("counts", 0, List.of(new StateContent(schema, List.of(run))));
    }
}
