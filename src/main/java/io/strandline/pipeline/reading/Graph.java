package io.strandline.pipeline.reading;

import io.strandline.expression.NearestName;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.pipeline.reading.DocumentReader.Draft;
import io.strandline.pipeline.reading.DocumentReader.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks how a document's nodes fit together: one namespace, inputs that exist, no cycle; then walks them in the order of
 * the dataflow and resolves each. Nodes that hang on a broken one are left alone, so that one mistake is told once.
 */
final class Graph {

    private final Draft draft;
    private final Findings findings;
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, Located<OperatorSpec>> operators = new LinkedHashMap<>();
    private final Map<String, CheckedNode> checked = new LinkedHashMap<>();
    private final Map<String, Boolean> eventTime = new HashMap<>();

    Graph(Draft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
    }

    CheckedPipeline check() {
        register();
        for (Located<SourceSpec> source : draft.sources()) {
            checked.putIfAbsent(source.spec().name(), new CheckedNode.Source(source.spec()));
            eventTime.putIfAbsent(source.spec().name(), source.spec().eventTime() != null);
        }
        checkOperators();
        checkSinks();
        return new CheckedPipeline(draft.document(), List.copyOf(checked.values()));
    }

    private void register() {
        draft.sources().forEach(source -> register(source.spec().name(), source.pointer()));
        for (Located<OperatorSpec> operator : draft.operators()) {
            if (register(operator.spec().name(), operator.pointer())) {
                operators.put(operator.spec().name(), operator);
            }
        }
        draft.sinks().forEach(sink -> register(sink.spec().name(), sink.pointer()));
    }

    private boolean register(String name, String pointer) {
        String other = places.putIfAbsent(name, pointer);
        if (other != null) {
            findings.add(
                    pointer + "/name",
                    "'" + name + "' is the name of " + other
                            + " already; sources, operators and sinks share one namespace");
        }
        return other == null;
    }

    /** Takes operators whose input is resolved until none is left; what is left hangs on a mistake or on itself. */
    private void checkOperators() {
        List<Located<OperatorSpec>> waiting = new ArrayList<>(operators.values());
        waiting.removeIf(operator -> !inputExists(operator.spec().input(), operator.pointer()));
        boolean progress = true;
        while (progress) {
            List<Located<OperatorSpec>> ready = waiting.stream()
                    .filter(operator -> checked.containsKey(operator.spec().input()))
                    .toList();
            ready.forEach(this::resolve);
            progress = waiting.removeAll(ready);
        }
        waiting.forEach(this::refuseCycle);
    }

    private boolean inputExists(String input, String pointer) {
        boolean sink =
                draft.sinks().stream().anyMatch(node -> node.spec().name().equals(input));
        if (sink && !operators.containsKey(input) && !checked.containsKey(input)) {
            findings.add(pointer + "/input", "'" + input + "' is a sink; an input is a source or an operator");
            return false;
        }
        if (!places.containsKey(input) && !draft.broken().contains(input)) {
            List<String> names = new ArrayList<>(checked.keySet());
            names.addAll(operators.keySet());
            findings.add(
                    pointer + "/input",
                    "no source or operator '" + input + "'" + NearestName.hint(input, names) + " (there are: "
                            + String.join(", ", names.stream().distinct().toList()) + ")");
            return false;
        }
        return true;
    }

    private void resolve(Located<OperatorSpec> operator) {
        OperatorSpec spec = operator.spec();
        CheckedNode input = checked.get(spec.input());
        if (input == null) {
            throw new IllegalStateException(spec.name() + " before its input " + spec.input());
        }
        boolean timed = eventTime.getOrDefault(spec.input(), false);
        CheckedNode node = new OperatorChecks(operator.pointer(), input.schema(), timed, findings).check(spec);
        if (node != null) {
            checked.put(spec.name(), node);
            eventTime.put(spec.name(), timed);
        }
    }

    private void refuseCycle(Located<OperatorSpec> operator) {
        List<String> path = new ArrayList<>(List.of(operator.spec().name()));
        @Nullable Located<OperatorSpec> next = operators.get(operator.spec().input());
        while (next != null && !path.contains(next.spec().name())) {
            path.add(next.spec().name());
            next = operators.get(next.spec().input());
        }
        if (next != null && next.spec().name().equals(operator.spec().name())) {
            findings.add(
                    operator.pointer() + "/input",
                    "the operator reads its own output: " + String.join(" <- ", path) + " <- "
                            + operator.spec().name());
        }
    }

    private void checkSinks() {
        OutputChecks outputs = new OutputChecks(findings);
        draft.sources().forEach(outputs::check);
        for (Located<SinkSpec> sink : draft.sinks()) {
            SinkSpec spec = sink.spec();
            outputs.check(spec, sink.pointer());
            if (inputExists(spec.input(), sink.pointer())) {
                CheckedNode input = checked.get(spec.input());
                if (input != null) {
                    outputs.checkRows(spec, input.schema(), sink.pointer());
                    checked.putIfAbsent(spec.name(), new CheckedNode.Sink(spec, input.schema()));
                }
            }
        }
    }
}
