package io.strandline.pipeline;

import io.strandline.expression.RowSchema;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A pipeline that passed every check, with what was derived on the way.
 *
 * @param nodes sources, operators and sinks, each after the node it reads
 */
public record CheckedPipeline(PipelineDocument document, List<CheckedNode> nodes) {

    public CheckedPipeline {
        nodes = List.copyOf(nodes);
    }

    /** The node of this name, which must exist. */
    public CheckedNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no node '" + name + "' in " + document.nodeNames()));
    }

    /** The rows that flow into the node of this name, by each of its inputs. */
    public List<RowSchema> inputSchemas(String name) {
        return node(name).inputs().stream().map(this::schema).toList();
    }

    private RowSchema schema(CheckedNode.Input input) {
        CheckedNode from = node(input.node());
        return input.output() == 0
                ? from.schema()
                : from.sideOutputs().get(input.output() - 1).schema();
    }

    /** The names of the nodes that read the node of this name. */
    public List<String> readers(String name) {
        return nodes.stream()
                .filter(node ->
                        node.inputs().stream().anyMatch(input -> input.node().equals(name)))
                .map(CheckedNode::name)
                .toList();
    }

    /** A description for people: nodes, their rows, keys and states. */
    public PipelinePlan plan() {
        return PipelinePlan.of(this);
    }
}
