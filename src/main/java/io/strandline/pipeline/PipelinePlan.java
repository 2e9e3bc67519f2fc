package io.strandline.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline would run as, for people to read.
 *
 * @param nodes in the order of the dataflow
 */
public record PipelinePlan(String name, int parallelism, int maxParallelism, List<Node> nodes) {

    /**
     * One node.
     *
     * @param role {@code source}, {@code operator} or {@code sink}
     * @param type as the document writes it
     * @param schema column names and types of the rows it yields (a sink: takes), in order
     * @param keyBy columns by which rows are exchanged before it (a join: the left side's); absent without an exchange
     * @param states names of its keyed states
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Node(
            String name,
            String role,
            String type,
            List<String> inputs,
            Map<String, String> schema,
            @Nullable List<String> keyBy,
            List<String> states) {}

    static PipelinePlan of(CheckedPipeline pipeline) {
        PipelineDocument document = pipeline.document();
        return new PipelinePlan(
                document.name(),
                document.parallelism(),
                document.maxParallelism(),
                pipeline.nodes().stream().map(PipelinePlan::node).toList());
    }

    private static Node node(CheckedNode node) {
        if (node instanceof CheckedNode.Source source) {
            return plain(node, "source", source.spec().type());
        }
        if (node instanceof CheckedNode.Sink sink) {
            return plain(node, "sink", sink.spec().type());
        }
        if (node instanceof CheckedNode.Aggregation aggregation) {
            return keyed(node, "aggregate", aggregation.spec().keyBy(), "aggregates");
        }
        if (node instanceof CheckedNode.Window window) {
            return keyed(node, "window", window.spec().keyBy(), "panes");
        }
        if (node instanceof CheckedNode.Deduplicate deduplicate) {
            return keyed(node, "deduplicate", deduplicate.spec().keyBy(), "seen");
        }
        if (node instanceof CheckedNode.Join join) {
            return keyed(node, "join", join.spec().left().keyBy(), "left", "right");
        }
        if (node instanceof CheckedNode.Process process) {
            List<String> keyBy = process.spec().keyBy();
            return new Node(
                    node.name(),
                    "operator",
                    "process",
                    inputs(node),
                    node.schema().wireTypes(),
                    keyBy.isEmpty() ? null : keyBy,
                    process.states());
        }
        if (node instanceof CheckedNode.Union) {
            return plain(node, "operator", "union");
        }
        return plain(node, "operator", node instanceof CheckedNode.Filter ? "filter" : "map");
    }

    private static Node plain(CheckedNode node, String role, String type) {
        return new Node(node.name(), role, type, inputs(node), node.schema().wireTypes(), null, List.of());
    }

    private static Node keyed(CheckedNode node, String type, List<String> keyBy, String... states) {
        return new Node(
                node.name(), "operator", type, inputs(node), node.schema().wireTypes(), keyBy, List.of(states));
    }

    private static List<String> inputs(CheckedNode node) {
        return node.inputs().stream().map(CheckedNode.Input::reference).toList();
    }
}
