package io.strandline.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.operator.row.FilterFactory;
import io.strandline.engine.operator.row.RowPredicate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which graphs are refused, and what is chained. */
class JobGraphTests {

    private static final SequenceSource NUMBERS = new SequenceSource(1, 10, 5, 1);
    private static final RowPredicate NONE = (batch, selected) -> 0;

    @Test
    void refusesACycle() {
        assertThatThrownBy(() -> graph(
                        List.of(source("in"), filter("one"), filter("two")),
                        new Edge("two", "one", new Exchange.Forward()),
                        new Edge("one", "two", new Exchange.Forward())))
                .hasMessageContaining("comes from no earlier vertex");
    }

    @Test
    void refusesAnotherNumberOfInputsThanTheOperatorHas() {
        assertThatThrownBy(() -> graph(
                        List.of(source("in"), filter("one")),
                        new Edge("in", "one", new Exchange.Forward()),
                        new Edge("in", "one", new Exchange.Forward())))
                .hasMessage("one has 2 inputs instead of 1");
    }

    @Test
    void refusesAnOutputThatIsNotThere() {
        assertThatThrownBy(() ->
                        graph(List.of(source("in"), filter("one")), new Edge("in", 1, "one", new Exchange.Forward())))
                .hasMessage("in has no output 1");
    }

    @Test
    void refusesToForwardToAnotherParallelism() {
        Vertex two = new Vertex.SinkVertex("out", 2, new DiscardSink());
        assertThatThrownBy(() -> graph(List.of(source("in"), two), new Edge("in", "out", new Exchange.Forward())))
                .hasMessageContaining("joins parallelism 1 and 2");
    }

    @Test
    void refusesAKeyColumnThatIsNotThere() {
        assertThatThrownBy(() -> graph(
                        List.of(source("in"), filter("one")), new Edge("in", "one", new Exchange.Keyed(List.of(4)))))
                .hasMessageContaining("key column");
    }

    @Test
    void chainsWhatNeedsNoExchange() {
        JobGraph graph = graph(
                List.of(source("in"), filter("one"), filter("two")),
                new Edge("in", "one", new Exchange.Forward()),
                new Edge("one", "two", new Exchange.Keyed(List.of(2))));

        assertThat(Chain.of(graph))
                .singleElement()
                .satisfies(chain ->
                        assertThat(chain.members()).extracting(Vertex::name).containsExactly("in", "one", "two"));
    }

    private static JobGraph graph(List<Vertex> vertices, Edge... edges) {
        return new JobGraph(vertices, List.of(edges), 8);
    }

    private static Vertex source(String name) {
        return new Vertex.SourceVertex(name, 1, NUMBERS, null, null);
    }

    private static Vertex filter(String name) {
        return new Vertex.OperatorVertex(name, 1, new FilterFactory(NUMBERS.type(), () -> NONE));
    }
}
