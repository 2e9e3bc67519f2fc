package io.strandline.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The coordinator's random worlds over the real journal and the real store, in which crashes are power cuts: checkpoints,
 * commits and expiries, cut off at any call to the disk.
 */
class DurableSimulationTests {

    private static final int SEEDS = Integer.getInteger("strandline.simulation.durableSeeds", 200);
    private static final int PLANTED_SEEDS = 60;
    private static final long MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(DurableSimulationTests.class);

    @TempDir
    Path directory;

    @Test
    void everythingAcknowledgedIsThereAfterAPowerCutAtAnyCall() throws IOException {
        int versions = 0;
        int cuts = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Path own = Files.createDirectory(directory.resolve("seed-" + seed));
            DurableLedger ledger = new DurableLedger(own, seed, synced -> false);
            try {
                versions += simulation(seed, ledger).run(MILLIS);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            cuts += ledger.powerCuts;
            ledger.close();
            FileSystemUtils.deleteRecursively(own);
        }
        LOG.info("{} seeds, {} versions, {} power cuts", SEEDS, versions, cuts);
        assertThat(versions).isGreaterThan(2 * SEEDS);
        assertThat(cuts).isGreaterThan(SEEDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*/journal/segment-\\d+\\.log",
                ".*/store/staging/[^/]+/(?!digests-).*",
                ".*/store/blobs/sha256",
                ".*/store/manifests/job/\\d+\\.json\\.tmp",
                ".*/store/manifests/job"
            })
    void tellsWhenAnFsyncIsLeftOut(String leftOut) throws IOException {
        Predicate<Path> planted = synced -> synced.toString().matches(leftOut);
        Optional<Long> caught = Optional.empty();
        for (long seed = 0; seed < PLANTED_SEEDS && caught.isEmpty(); seed++) {
            Path own = Files.createDirectory(directory.resolve("seed-" + seed));
            try {
                simulation(seed, new DurableLedger(own, seed, planted)).run(MILLIS);
            } catch (AssertionError e) {
                caught = Optional.of(seed);
            }
        }
        assertThat(caught).as("seed in which it shows").isPresent();
    }

    private static CoordinatorSimulation simulation(long seed, SimulatedLedger ledger) {
        CheckpointSettings settings = CoordinatorSimulationTests.settings(seed);
        int subtasks = 1 + (int) (seed % 3);
        return new CoordinatorSimulation(seed, settings, subtasks, Protocol.real(settings, subtasks), ledger);
    }
}
