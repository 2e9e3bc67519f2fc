package io.strandline.retention.gc;

import io.strandline.runner.DeadLetter;
import io.strandline.runner.OutputPlaces;
import io.strandline.runner.OutputStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Keeps no output, and remembers what it was asked to let go. */
public final class NoOutput implements OutputStore {

    final List<String> forgotten = new ArrayList<>();
    final List<Long> released = new ArrayList<>();
    private final List<Long> parts = new ArrayList<>();

    /** A part that was taken back, of the main branch. */
    void holdsPart(long number) {
        parts.add(number);
    }

    @Override
    public List<String> irrevocableSinks(String pipeline) {
        return List.of();
    }

    @Override
    public int release(String jobId, OutputPlaces places, BiPredicate<String, Long> gone) {
        List<Long> going =
                parts.stream().filter(number -> gone.test("main", number)).toList();
        released.addAll(going);
        return going.size();
    }

    @Override
    public List<DeadLetter> deadLetters(String branch, String pipeline, DeadLetter.@Nullable Place after, int limit) {
        return List.of();
    }

    @Override
    public void forget(String jobId, OutputPlaces places) {
        forgotten.add(jobId);
    }
}
