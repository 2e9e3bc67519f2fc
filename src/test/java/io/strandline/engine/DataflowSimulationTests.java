package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many random courses of one job, each named by its seed; and with a bug planted, which has to be told. */
class DataflowSimulationTests {

    private static final int SEEDS = Integer.getInteger("strandline.dataflow.seeds", 150);
    private static final int PLANTED_SEEDS = 40;

    @TempDir
    Path directory;

    @Test
    void countsEveryRowOnceOnEveryCourse() throws IOException {
        long versions = 0;
        long overtaken = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            DataflowSimulation simulation = new DataflowSimulation(seed, PlantedBug.NONE, directory);
            try {
                versions += simulation.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            overtaken += simulation.overtaken;
        }
        assertThat(versions).isGreaterThan(3L * SEEDS);
        assertThat(overtaken).isGreaterThan(10L * SEEDS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void tellsAPlantedBug(PlantedBug bug) throws IOException {
        Optional<Long> caught = Optional.empty();
        for (long seed = 0; seed < PLANTED_SEEDS && caught.isEmpty(); seed++) {
            try {
                new DataflowSimulation(seed, bug, directory).run();
            } catch (AssertionError e) {
                caught = Optional.of(seed);
            }
        }
        assertThat(caught).as("seed in which %s is told", bug).isPresent();
    }
}
