package io.strandline.runner.embedded;

import io.strandline.engine.element.RowType;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.InFlightSchema;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.expression.RowSchema;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.runner.connect.Connectors;
import io.strandline.runner.connect.RowTypes;
import io.strandline.runner.plugin.Plugins;
import io.strandline.snapshot.StateSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a checked pipeline into the graph the engine runs. */
final class GraphBuilder {

    private final Plugins plugins;

    GraphBuilder(Plugins plugins) {
        this.plugins = plugins;
    }

    /**
     * The graph, with connectors opened far enough to know that they can be used.
     *
     * @throws IOException when a connector's path cannot be used
     */
    JobGraph build(CheckedPipeline pipeline, Endpoints endpoints) throws IOException {
        PipelineDocument document = pipeline.document();
        List<Vertex> vertices = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (CheckedNode node : pipeline.nodes()) {
            Vertex vertex = vertex(node, pipeline, endpoints);
            vertices.add(vertex);
            addDeadLetters(node, vertex, endpoints, vertices, edges);
            for (int i = 0; i < node.inputs().size(); i++) {
                CheckedNode.Input input = node.inputs().get(i);
                edges.add(new Edge(input.node(), input.output(), node.name(), exchange(node, i)));
            }
        }
        return new JobGraph(vertices, edges, document.maxParallelism());
    }

    /** Each operator's states under a pipeline, and how rows on their way to it are described. */
    Map<String, List<StateSchema>> states(CheckedPipeline pipeline) {
        Map<String, List<StateSchema>> states = new LinkedHashMap<>();
        for (CheckedNode node : pipeline.nodes()) {
            List<StateSchema> own = new ArrayList<>();
            OperatorFactory factory = operator(node, pipeline);
            if (factory != null) {
                own.addAll(factory.states());
            }
            List<RowSchema> inputs = pipeline.inputSchemas(node.name());
            for (int input = 0; input < inputs.size(); input++) {
                own.add(InFlightSchema.of(input, RowTypes.of(inputs.get(input)), exchange(node, input)));
            }
            states.put(node.name(), own);
        }
        return states;
    }

    private Vertex vertex(CheckedNode node, CheckedPipeline pipeline, Endpoints endpoints) throws IOException {
        int parallelism = pipeline.document().parallelism();
        if (node instanceof CheckedNode.Source source) {
            return endpoints.source(source.spec(), parallelism);
        }
        if (node instanceof CheckedNode.Sink sink) {
            return new Vertex.SinkVertex(
                    node.name(), parallelism, endpoints.sink(sink.spec(), RowTypes.of(sink.schema())));
        }
        OperatorFactory factory = operator(node, pipeline);
        if (factory == null) {
            throw new IllegalStateException("no operator for " + node);
        }
        return new Vertex.OperatorVertex(node.name(), parallelism, factory);
    }

    /** Where a node's dead letters go: a sink of their own, in the same subtask. */
    private static void addDeadLetters(
            CheckedNode node, Vertex from, Endpoints endpoints, List<Vertex> vertices, List<Edge> edges)
            throws IOException {
        DeadLetters letters = node.deadLetters();
        if (letters != null) {
            String name = Connectors.deadLetterSink(node.name());
            int output = from instanceof Vertex.OperatorVertex operator
                    ? operator.factory().outputs().size()
                    : 1;
            vertices.add(new Vertex.SinkVertex(name, from.parallelism(), endpoints.deadLetters(letters)));
            edges.add(new Edge(node.name(), output, name, new Exchange.Forward()));
        }
    }

    private @Nullable OperatorFactory operator(CheckedNode node, CheckedPipeline pipeline) {
        if (node instanceof CheckedNode.Source || node instanceof CheckedNode.Sink) {
            return null;
        }
        List<RowType> inputs =
                pipeline.inputSchemas(node.name()).stream().map(RowTypes::of).toList();
        if (node instanceof CheckedNode.Process process) {
            return plugins.factory(process.spec(), inputs.get(0));
        }
        return OperatorFactories.of(node, inputs);
    }

    private static Exchange exchange(CheckedNode node, int input) {
        if (node instanceof CheckedNode.Aggregation aggregation) {
            return new Exchange.Keyed(aggregation.keyColumns());
        }
        if (node instanceof CheckedNode.Window window) {
            return new Exchange.Keyed(window.keyColumns());
        }
        if (node instanceof CheckedNode.Deduplicate deduplicate) {
            return new Exchange.Keyed(deduplicate.keyColumns());
        }
        if (node instanceof CheckedNode.Process process && !process.keyColumns().isEmpty()) {
            return new Exchange.Keyed(process.keyColumns());
        }
        if (node instanceof CheckedNode.Join join) {
            return new Exchange.Keyed(join.keyColumns().get(input));
        }
        return new Exchange.Forward();
    }
}
