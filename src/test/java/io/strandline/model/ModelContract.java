package io.strandline.model;

import io.strandline.catalog.jpa.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does random scripts to a server and to plain maps, on any database. {@code model.seed} (1) says with which to begin. A
 * script that fails is made shorter, for {@code model.shrinking} seconds (60) at most, and told with its seed.
 */
abstract class ModelContract {

    @TempDir
    Path directory;

    private int runs;

    abstract Database database();

    /** How many scripts. */
    abstract int scripts();

    @Test
    void agreesWithPlainMapsWhateverIsDone() {
        long first = Long.getLong("model.seed", 1);
        int steps = Integer.getInteger("model.steps", 30);
        for (long seed = first; seed < first + scripts(); seed++) {
            List<Step> script = Step.script(new Random(seed), steps);
            Optional<Throwable> failure = failure(script);
            if (failure.isPresent()) {
                List<Step> shorter = shrink(script);
                String told = shorter.stream().map(Step::toString).collect(Collectors.joining("\n  "));
                Throwable why = failure(shorter).orElse(failure.get());
                throw new AssertionError("seed " + seed + " fails; so does\n  " + told + "\n" + why.getMessage(), why);
            }
        }
    }

    private Optional<Throwable> failure(List<Step> script) {
        try (World world = new World(directory.resolve("run-" + ++runs), database())) {
            world.run(script);
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.of(e);
        }
    }

    /** Leaves out halves, quarters and so on, then single steps, as long as the rest fails. */
    private List<Step> shrink(List<Step> script) {
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
