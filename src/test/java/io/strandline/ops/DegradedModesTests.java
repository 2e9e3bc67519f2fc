package io.strandline.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strandline.catalog.jpa.SteppingClock;
import io.strandline.ops.DegradedModes.Active;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class DegradedModesTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Optional<String> readOnly = Optional.empty();
    private Optional<String> full = Optional.empty();
    private boolean silent;

    private final DegradedModes modes = new DegradedModes(
            Map.of(DegradedMode.READ_ONLY, () -> readOnly, DegradedMode.STORAGE_FULL, this::full),
            registry,
            new SteppingClock());

    @Test
    void everyModeHasAMeterFromTheStart() {
        assertThat(registry.find("strandline.degraded").gauges())
                .hasSameSizeAs(DegradedMode.values())
                .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
    }

    @Test
    void showsAModeFromTheLookThatFindsItToTheLookThatDoesNot() {
        readOnly = Optional.of("the fsync failed");
        assertThat(modes.now()).as("nobody has looked").isEmpty();

        modes.look();
        assertThat(modes.now())
                .extracting(Active::mode, Active::detail)
                .containsExactly(tuple(DegradedMode.READ_ONLY, "the fsync failed"));
        assertThat(gauge("read-only")).isEqualTo(1);

        readOnly = Optional.empty();
        modes.look();
        assertThat(modes.now()).isEmpty();
        assertThat(gauge("read-only")).isZero();
    }

    @Test
    void keepsSinceWhenWhileTheCauseIsToldInOtherWords() {
        full = Optional.of("5 bytes are free");
        modes.look();
        Instant since = modes.now().get(0).since();
        full = Optional.of("4 bytes are free");
        modes.look();

        assertThat(modes.now()).containsExactly(new Active(DegradedMode.STORAGE_FULL, since, "4 bytes are free"));
    }

    @Test
    void keepsWhatItKnowsWhenAPartCannotTell() {
        full = Optional.of("no room");
        modes.look();
        silent = true;
        readOnly = Optional.of("the fsync failed");
        modes.look();

        assertThat(modes.now())
                .extracting(Active::mode)
                .containsExactly(DegradedMode.STORAGE_FULL, DegradedMode.READ_ONLY);
    }

    @Test
    void healthNamesCauseAndWayOutOfEach() {
        ModesHealth health = new ModesHealth(modes);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        full = Optional.of("no room");
        modes.look();

        Health degraded = health.health();
        assertThat(degraded.getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(degraded.getDetails().get("storage-full"))
                .asString()
                .contains("no room", "POST /api/v1/trash/purge", "Checkpoints fail");
    }

    private Optional<String> full() {
        if (silent) {
            throw new IllegalStateException("no answer");
        }
        return full;
    }

    private double gauge(String mode) {
        return registry.get("strandline.degraded").tag("mode", mode).gauge().value();
    }
}
