package io.strandline.formal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the script that checks the models under {@code docs/models}; skipped where Spin is not installed. */
class FormalModelTests {

    @Test
    void theModelsHoldAndEachPlantedMistakeIsFound() throws IOException, InterruptedException {
        Process check = new ProcessBuilder(List.of("docs/models/check"))
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assumeThat(said).doesNotContain("skipped:");

        assertThat(check.exitValue()).as(said).isZero();
        assertThat(said.lines()).hasSize(12).allSatisfy(line -> assertThat(line).endsWith(": ok"));
    }
}
