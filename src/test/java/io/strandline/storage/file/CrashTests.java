package io.strandline.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.storage.disk.Aftermath;
import io.strandline.storage.disk.DelegatingDisk;
import io.strandline.storage.disk.DurableFrontier;
import io.strandline.storage.disk.SimulatedCrash;
import io.strandline.storage.disk.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts the power at every call the store makes, and looks at what is left. */
class CrashTests {

    private static final int SEEDS = 2;

    @TempDir
    private Path directory;

    private int runs;

    @Test
    void keepsEveryPromiseWhereverThePowerGoesOut() throws IOException {
        int calls = callsOfWholeRun();
        List<String> broken = new ArrayList<>();
        for (int crashAt = 0; crashAt <= calls && broken.isEmpty(); crashAt++) {
            broken.addAll(crash(crashAt, Set.of()));
        }

        assertThat(broken).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void noticesWhenAnFsyncIsLeftOut(FsyncKind leftOut) throws IOException {
        int calls = callsOfWholeRun();
        List<String> broken = new ArrayList<>();
        for (int crashAt = calls; crashAt >= 0 && broken.isEmpty(); crashAt--) {
            broken.addAll(crash(crashAt, Set.of(leftOut)));
        }

        assertThat(broken).isNotEmpty();
    }

    @Test
    void startsUpAgainWhenThePowerGoesOutDuringStartUp() throws IOException {
        int calls = callsOfWholeRun();
        for (int crashAt = 0; crashAt <= calls; crashAt += 9) {
            Path live = top();
            StoreScenario scenario = new StoreScenario();
            DurableFrontier disk = disk(live, crashAt, Set.of());
            run(scenario, live, disk);
            Path first = top();
            disk.survivors(first, Aftermath.random(crashAt));
            for (int recoveryCall = 0; ; recoveryCall += 3) {
                Path copy = copyOf(first);
                DurableFrontier recovering = disk(copy, recoveryCall, Set.of());
                boolean finished = recover(scenario, copy, recovering);
                Path second = top();
                recovering.survivors(second, Aftermath.random(recoveryCall));

                assertThat(scenario.violations(second.resolve("store"), new DelegatingDisk()))
                        .as("power cut at call %d, and at call %d of the start-up", crashAt, recoveryCall)
                        .isEmpty();
                if (finished) {
                    break;
                }
            }
        }
    }

    private List<String> crash(int crashAt, Set<FsyncKind> leftOut) throws IOException {
        List<String> broken = new ArrayList<>();
        Path live = top();
        StoreScenario scenario = new StoreScenario();
        DurableFrontier disk = disk(live, crashAt, leftOut);
        run(scenario, live, disk);
        for (int way = -2; way < SEEDS; way++) {
            Path left = top();
            disk.survivors(left, aftermath(way, crashAt));
            for (String violation : scenario.violations(left.resolve("store"), new DelegatingDisk())) {
                broken.add("power cut at call %d, aftermath %d: %s".formatted(crashAt, way, violation));
            }
        }
        return broken;
    }

    private static Aftermath aftermath(int way, int crashAt) {
        return switch (way) {
            case -2 -> Aftermath.allLost();
            case -1 -> Aftermath.onlyNamesKept();
            default -> Aftermath.random(crashAt * 31L + way);
        };
    }

    private static DurableFrontier disk(Path top, int crashAt, Set<FsyncKind> leftOut) throws IOException {
        return new DurableFrontier(
                top,
                new Trouble(crashAt, Trouble.Kind.CRASH),
                synced -> leftOut.contains(FsyncKind.below(top, synced)));
    }

    private static void run(StoreScenario scenario, Path live, DurableFrontier disk) throws IOException {
        try {
            scenario.run(live.resolve("store"), disk);
        } catch (SimulatedCrash e) {
            assertThat(e).hasMessageContaining(live.toString());
        }
    }

    private static boolean recover(StoreScenario scenario, Path copy, DurableFrontier disk) throws IOException {
        try {
            scenario.violations(copy.resolve("store"), disk);
            return true;
        } catch (SimulatedCrash e) {
            return false;
        }
    }

    private int callsOfWholeRun() throws IOException {
        Path live = top();
        DurableFrontier disk = disk(live, -1, Set.of());
        new StoreScenario().run(live.resolve("store"), disk);
        return disk.made().size();
    }

    private Path copyOf(Path source) throws IOException {
        Path copy = top();
        disk(source, -1, Set.of()).survivors(copy, Aftermath.allLost());
        return copy;
    }

    private Path top() throws IOException {
        return Files.createDirectory(directory.resolve("disk-" + runs++));
    }
}
