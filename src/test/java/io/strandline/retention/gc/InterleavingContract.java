package io.strandline.retention.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.jpa.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every order in which a checkpoint that uses a shared file again, the collector and a person who brings a version back can
 * come between each other, cut at transaction boundaries. After each step no stored version lacks a file and every head and
 * held version is there; at rest nothing is left that nobody names.
 */
abstract class InterleavingContract {

    private static final List<Step> CHECKPOINT = List.of(Scene::pin, Scene::commit);
    private static final List<Step> COLLECTOR = List.of(Scene::purge, Scene::condemn, Scene::sweep);
    private static final List<Step> HOLDER = List.of(Scene::undelete, Scene::hold);
    private static final List<Step> FORKER = List.of(Scene::undelete, Scene::fork);

    @TempDir
    Path root;

    /** What one of those involved does between two transactions. */
    @FunctionalInterface
    interface Step {

        void take(Scene scene) throws IOException;
    }

    abstract Database database();

    /** Every so many schedules one is run. */
    abstract int stride();

    @Test
    void losesNoFileWhenAPersonBringsAVersionBackAndHoldsIt() throws IOException {
        assertThat(firstViolation(schedules(HOLDER), Scene.Planted.NOTHING)).isNull();
    }

    @Test
    void losesNoFileWhenAPersonBringsAVersionBackAndForksIt() throws IOException {
        assertThat(firstViolation(schedules(FORKER), Scene.Planted.NOTHING)).isNull();
    }

    @Test
    void noticesWhenACheckpointDoesNotPin() throws IOException {
        assertThat(firstViolation(schedules(HOLDER), Scene.Planted.NO_PIN)).contains("lacks");
    }

    @Test
    void noticesWhenFilesAreUnlinkedBeforeTheEntry() throws IOException {
        assertThat(firstViolation(schedules(HOLDER), Scene.Planted.UNLINK_BEFORE_THE_ENTRY))
                .contains("lacks");
    }

    private @Nullable String firstViolation(List<List<Step>> schedules, Scene.Planted planted) throws IOException {
        try (CatalogHarness server = CatalogHarness.start(root.resolve("data"), database())) {
            for (int i = 0; i < schedules.size(); i += stride()) {
                String wrong = run(new Scene(server, "job-" + i, planted), schedules.get(i), planted);
                if (wrong != null) {
                    return "schedule " + i + ": " + wrong;
                }
            }
            return null;
        }
    }

    private static @Nullable String run(Scene scene, List<Step> schedule, Scene.Planted planted) throws IOException {
        for (Step step : schedule) {
            step.take(scene);
            String wrong = scene.wrong();
            if (wrong != null) {
                return wrong;
            }
        }
        String left = planted == Scene.Planted.NOTHING ? scene.leftOver() : null;
        scene.clear();
        return left;
    }

    private static List<List<Step>> schedules(List<Step> person) {
        List<List<Step>> all = new ArrayList<>();
        interleave(List.of(CHECKPOINT, COLLECTOR, person), new int[3], new ArrayList<>(), all);
        assertThat(all).hasSize(210);
        return all;
    }

    private static void interleave(List<List<Step>> actors, int[] done, List<Step> schedule, List<List<Step>> all) {
        boolean over = true;
        for (int actor = 0; actor < done.length; actor++) {
            if (done[actor] < actors.get(actor).size()) {
                over = false;
                schedule.add(actors.get(actor).get(done[actor]++));
                interleave(actors, done, schedule, all);
                schedule.remove(schedule.size() - 1);
                done[actor]--;
            }
        }
        if (over) {
            all.add(List.copyOf(schedule));
        }
    }
}
