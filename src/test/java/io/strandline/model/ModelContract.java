package io.strandline.model;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.strandline.catalog.jpa.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Does random scripts to a server and to plain maps, on any database: every eighth of 20 steps, the others of 3, or all of
 * {@code model.steps}. {@code model.seed} (1) says with which to begin, {@code model.operations} how many steps to do in all. A
 * script that fails is made shorter, for {@code model.shrinking} seconds (60) at most, and told with its seed.
 */
abstract class ModelContract {

    private static final Set<Step.Verb> CRASHES =
            EnumSet.of(Step.Verb.CUT_POWER, Step.Verb.CUT_POWER_IN_A_MOVE, Step.Verb.LOSE_CATALOG);

    private static final int ONE_IN = 8;
    private static final int LONG_STEPS = 20;
    private static final int SHORT_STEPS = 3;

    @TempDir
    Path directory;

    private final Logger rooms = (Logger) LoggerFactory.getLogger("io.strandline");
    private int runs;

    /** Power cuts and starts that fail are what this is about: nobody wants to read of each. */
    @BeforeEach
    void beQuiet() {
        rooms.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        rooms.setLevel(null);
    }

    abstract Database database();

    /** How many scripts, unless it is said how many steps. */
    abstract int scripts();

    @Test
    void agreesWithPlainMapsWhateverIsDone(TestReporter reporter) throws IOException {
        long first = Long.getLong("model.seed", 1);
        int operations = Integer.getInteger("model.operations", 0);
        long begin = System.nanoTime();
        long seed = first;
        int steps = 0;
        long cuts = 0;
        for (; operations > 0 ? steps < operations : seed < first + scripts(); seed++) {
            List<Step> script = Step.script(new Random(seed), length(seed));
            Optional<Throwable> failure = failure(script);
            if (failure.isPresent()) {
                throw told(seed, script, failure.get());
            }
            steps += script.size();
            cuts += script.stream()
                    .filter(step -> CRASHES.contains(step.verb()))
                    .count();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        reporter.publishEntry(
                "model",
                "seeds %d to %d, %d steps, %d of them crashes, %s".formatted(first, seed - 1, steps, cuts, took));
    }

    private static int length(long seed) {
        return Integer.getInteger("model.steps", seed % ONE_IN == 1 ? LONG_STEPS : SHORT_STEPS);
    }

    private AssertionError told(long seed, List<Step> script, Throwable failure) throws IOException {
        List<Step> shorter = shrink(script);
        String steps = shorter.stream().map(Step::toString).collect(Collectors.joining("\n  "));
        Throwable why = failure(shorter).orElse(failure);
        AssertionError told =
                new AssertionError("seed " + seed + " fails; so does\n  " + steps + "\n" + why.getMessage(), why);
        told.addSuppressed(failure);
        return told;
    }

    private Optional<Throwable> failure(List<Step> script) throws IOException {
        Path root = directory.resolve("run-" + ++runs);
        try (World world = new World(root, database())) {
            world.run(script);
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.of(e);
        } finally {
            FileSystemUtils.deleteRecursively(root);
        }
    }

    /** Leaves out halves, quarters and so on, then single steps, as long as the rest fails. */
    private List<Step> shrink(List<Step> script) throws IOException {
        long end = System.nanoTime()
                + Duration.ofSeconds(Integer.getInteger("model.shrinking", 60)).toNanos();
        List<Step> failing = script;
        for (int chunk = Math.max(1, failing.size() / 2); chunk >= 1; chunk = chunk / 2) {
            int from = 0;
            while (from < failing.size() && System.nanoTime() < end) {
                List<Step> shorter = new ArrayList<>(failing.subList(0, from));
                shorter.addAll(failing.subList(Math.min(failing.size(), from + chunk), failing.size()));
                if (failure(shorter).isPresent()) {
                    failing = shorter;
                } else {
                    from += chunk;
                }
            }
        }
        return failing;
    }
}
