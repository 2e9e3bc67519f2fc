package io.strandline.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.chain.Rejects;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.SourcePosition;
import io.strandline.state.InstanceState;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Watermarks that follow from rows, idle splits, pauses, ends and restored positions. */
class SourceInputTests {

    private static final long MILLI = 1_000_000;
    private static final Duration OUT_OF_ORDER = Duration.ofMillis(3);

    private final ScriptedSource source = new ScriptedSource(List.of("a", "b"));
    private long now;

    @Test
    void followsTheSlowestSplitLessItsOutOfOrderness() throws IOException {
        SourceInput input = open(null, null, Watermark.NONE);
        source.add("a", 100);
        assertThat(drain(input)).as("nothing known of b").containsExactly("100");
        source.add("b", 50);
        source.add("a", 90);
        assertThat(drain(input)).containsExactly("50", "mark 46", "90");
        source.add("b", 200);
        assertThat(drain(input)).containsExactly("200", "mark 96");
    }

    @Test
    void leavesIdleSplitsOutUntilTheyHaveRows() throws IOException {
        SourceInput input = open(null, Duration.ofMillis(10), Watermark.NONE);
        source.add("a", 100);
        assertThat(drain(input)).containsExactly("100");
        now += 9 * MILLI;
        source.add("a", 101);
        assertThat(drain(input)).containsExactly("101");
        now += MILLI;
        assertThat(drain(input)).as("b is idle now").containsExactly("mark 97");
        now += 20 * MILLI;
        assertThat(drain(input)).containsExactly("idle 97");
        source.add("b", 60);
        assertThat(drain(input)).as("awake before its rows, never backwards").containsExactly("mark 97", "60");
    }

    @Test
    void endsWhenEverySplitHas() throws IOException {
        SourceInput input = open(null, null, Watermark.NONE);
        source.add("a", 100);
        source.end("a");
        assertThat(drain(input)).containsExactly("100");
        source.end("b");
        assertThat(drain(input)).containsExactly("mark " + Watermark.MAX);
        input.trigger(new Barrier(1, now), false);
        assertThat(drain(input)).as("it still forwards barriers").containsExactly("barrier 1");
    }

    @Test
    void endsWhenDrainedThoughThereIsMore() throws IOException {
        SourceInput input = open(null, null, Watermark.NONE);
        source.add("a", 100);
        input.drain();
        assertThat(drain(input)).containsExactly("mark " + Watermark.MAX);
        assertThat(input.positions()).extracting(SourcePosition::offset).containsExactly(0L, 0L);
    }

    @Test
    void pausesBehindABarrierUntilResumed() throws IOException {
        SourceInput input = open(null, null, Watermark.NONE);
        source.add("a", 100);
        input.trigger(new Barrier(1, now), true);
        assertThat(drain(input)).containsExactly("barrier 1");
        input.resume();
        assertThat(drain(input)).containsExactly("100");
    }

    @Test
    void goesOnFromRestoredOffsetsAndWatermarks() throws IOException {
        source.add("a", 100);
        source.add("a", 110);
        source.add("b", 120);
        SourceInput input = open(
                List.of(
                        new SourcePosition("in", "a", 1, 100),
                        new SourcePosition("in", "b", 1, 120),
                        new SourcePosition("other", "a", 7, 1)),
                null,
                96);
        assertThat(drain(input)).containsExactly("mark 96", "110", "mark 106");
        assertThat(input.positions())
                .containsExactly(new SourcePosition("in", "a", 2, 110), new SourcePosition("in", "b", 1, 120));
    }

    @Test
    void neverFallsBehindARestoredWatermark() throws IOException {
        SourceInput input = open(List.of(), null, 500);
        source.add("a", 100);
        source.add("b", 100);
        assertThat(drain(input)).containsExactly("mark 500", "100", "100");
    }

    private SourceInput open(
            @Nullable List<SourcePosition> positions, @Nullable Duration idleTimeout, long restoredWatermark)
            throws IOException {
        SnapshotContent restored = positions == null
                ? null
                : new SnapshotContent(1, SnapshotMode.FULL, "memory", 1, 8, positions, List.of(), 0);
        InstanceState unused = (InstanceState) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InstanceState.class}, (proxy, method, args) -> null);
        TaskSettings settings = new TaskSettings(
                "main",
                unused,
                restored,
                true,
                false,
                4,
                4,
                0,
                Runnable::run,
                () -> now,
                InstantSource.system(),
                full -> false);
        SourceVertex vertex = new SourceVertex("in", 1, source, new EventTime(0, OUT_OF_ORDER, idleTimeout), null);
        SourceInput input = new SourceInput(
                vertex, 0, settings, restoredWatermark, new Doorbell(), new Rejects("s", null, settings.batchSize()));
        input.open(now);
        return input;
    }

    private List<String> drain(SourceInput input) throws IOException {
        List<String> taken = new ArrayList<>();
        for (Element element = input.poll(now); element != null; element = input.poll(now)) {
            if (element instanceof Batch batch) {
                for (int row = 0; row < batch.size(); row++) {
                    taken.add(String.valueOf(batch.timestamps()[row]));
                }
            } else if (element instanceof Watermark mark) {
                taken.add((mark.idle() ? "idle " : "mark ") + mark.time());
            } else if (element instanceof Barrier barrier) {
                taken.add("barrier " + barrier.number());
            }
        }
        return taken;
    }
}
