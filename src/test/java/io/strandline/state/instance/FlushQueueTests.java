package io.strandline.state.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.state.FlushStatistics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A subtask's freezes, a spill among them, are written one behind the other however many threads there are. */
class FlushQueueTests {

    private static final FlushStatistics NOTHING = new FlushStatistics(0, 0, 0, 0);

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final FlushQueue queue = new FlushQueue(new BackgroundWork(threads::add));
    private final List<String> written = new ArrayList<>();

    /** Else a spill would be read over by the older entries of the freeze before it. */
    @Test
    void writesASpillBehindTheFreezeBeforeIt() {
        queue.add(() -> write("frozen"));
        queue.add(() -> write("spilled"));
        queue.add(() -> write("frozen later"));

        runInAnyOrder(new Random(7));

        assertThat(written).containsExactly("frozen", "spilled", "frozen later");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void goesOnBehindOneThatCouldNotBeWritten() {
        var refused = queue.add(() -> {
            throw new IOException("no room");
        });
        var later = queue.add(() -> write("later"));

        runInAnyOrder(new Random(7));

        assertThat(refused).isCompletedExceptionally();
        assertThat(later).isCompletedWithValue(NOTHING);
        assertThat(queue.hasFailed()).isFalse();
    }

    /** As a pool does that begins the newest task first, or any other. */
    private void runInAnyOrder(Random random) {
        while (!threads.isEmpty()) {
            (random.nextInt(4) == 0 ? threads.removeFirst() : threads.removeLast()).run();
        }
    }

    private FlushStatistics write(String what) {
        written.add(what);
        return NOTHING;
    }
}
