package io.strandline.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.row.UnionFactory;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.SourcePosition;
import io.strandline.state.InstanceState;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Watermarks that were on their way when a version was taken. */
class RestoredWatermarkTests {

    private static final int PARALLELISM = 2;

    @Test
    void reachesAnOperatorThatABarrierHadOvertakenThemToThoughNoRowsCome() throws IOException {
        List<Subtask> subtasks = new SubtaskPlan(graph(), settings(), listener()).subtasks();

        for (int round = 0; round < 10; round++) {
            for (Subtask subtask : subtasks) {
                subtask.step(round * 1_000_000L);
            }
        }

        assertThat(subtasks.stream()
                        .flatMap(subtask -> Stream.ofNullable(subtask.counters().get("second"))))
                .hasSize(PARALLELISM)
                .allSatisfy(counters -> assertThat(counters.watermark()).isEqualTo(100));
    }

    static JobGraph graph() {
        ScriptedSource source = new ScriptedSource(List.of("a", "b"));
        EventTime time = new EventTime(0, Duration.ZERO, null);
        Exchange keyed = new Exchange.Keyed(List.of(0));
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("source", PARALLELISM, source, time, null),
                        new Vertex.OperatorVertex("first", PARALLELISM, new UnionFactory(source.type(), 1)),
                        new Vertex.OperatorVertex("second", PARALLELISM, new UnionFactory(source.type(), 1)),
                        new Vertex.SinkVertex("out", PARALLELISM, new DiscardSink())),
                List.of(
                        new Edge("source", "first", keyed),
                        new Edge("first", "second", keyed),
                        new Edge("second", "out", new Exchange.Forward())),
                8);
    }

    /** The watermark 100 had not come to the second operator, whose channels it was in. */
    static TaskSettings settings() {
        SnapshotContent restored = new SnapshotContent(
                1,
                SnapshotMode.INCREMENTAL,
                "memory",
                PARALLELISM,
                8,
                List.of(new SourcePosition("source", "a", 0, 101), new SourcePosition("source", "b", 0, 101)),
                List.of(
                        new OperatorContent("source", 100, List.of()),
                        new OperatorContent("first", 100, List.of()),
                        new OperatorContent("second", 50, List.of()),
                        new OperatorContent("out", 50, List.of())),
                0);
        return new TaskSettings(
                "main",
                stub(InstanceState.class),
                restored,
                true,
                true,
                4,
                4,
                1_000_000,
                Runnable::run,
                () -> 0,
                InstantSource.system(),
                full -> false);
    }

    static SubtaskListener listener() {
        return stub(SubtaskListener.class);
    }

    private static <T> T stub(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> nothing()));
    }

    private static @Nullable Object nothing() {
        return null;
    }
}
