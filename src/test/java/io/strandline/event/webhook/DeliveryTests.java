package io.strandline.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.event.EventId;
import io.strandline.storage.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTests {

    @Test
    void waitsTwiceAsLongEachTimeUpToTheLimitAndNeverLessThanHalf() {
        Random random = new Random(7);
        for (int repetition = 1; repetition < 100; repetition++) {
            long whole = Math.min(300_000, 1_000L << Math.min(20, repetition - 1));
            assertThat(Backoff.USUAL.before(repetition, random))
                    .isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
        }
    }

    @Test
    void remembersHowFarATargetIs(@TempDir Path directory) throws IOException {
        Positions positions = new Positions(new LocalDisk(), directory.resolve("webhooks"));

        assertThat(positions.of("pager")).isEmpty();
        positions.save("pager", new EventId(65_536, 0));
        positions.save("pager", new EventId(131_072, 0));
        assertThat(positions.of("pager")).contains(new EventId(131_072, 0));
    }

    @Test
    void refusesAPositionThatIsNone(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("pager.position"), "yesterday");

        assertThatThrownBy(() -> new Positions(new LocalDisk(), directory).of("pager"))
                .hasMessageContaining("yesterday");
    }
}
