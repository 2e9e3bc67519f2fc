package io.strandline.pipeline.reading;

import io.strandline.expression.NearestName;
import io.strandline.expression.RowSchema;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.CheckedNode.Input;
import io.strandline.pipeline.CheckedNode.SideOutput;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.ProcessClasses;
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
    private final ProcessClasses classes;
    private final Findings findings;
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, Located<OperatorSpec>> operators = new LinkedHashMap<>();
    private final Map<String, CheckedNode> checked = new LinkedHashMap<>();
    private final Map<String, Boolean> eventTime = new HashMap<>();

    Graph(Draft draft, ProcessClasses classes, Findings findings) {
        this.draft = draft;
        this.classes = classes;
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
        return new CheckedPipeline(document(), List.copyOf(checked.values()));
    }

    /** The document with every class bound to the jar that it was found in. */
    private PipelineDocument document() {
        PipelineDocument document = draft.document();
        return document.with(document.operators().stream()
                .map(operator ->
                        checked.get(operator.name()) instanceof CheckedNode.Process process ? process.spec() : operator)
                .toList());
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

    /** Takes operators whose inputs are resolved until none is left; what is left hangs on a mistake or on itself. */
    private void checkOperators() {
        List<Located<OperatorSpec>> waiting = new ArrayList<>(operators.values());
        waiting.removeIf(operator -> !inputsExist(operator));
        boolean progress = true;
        while (progress) {
            List<Located<OperatorSpec>> ready = waiting.stream()
                    .filter(operator ->
                            operator.spec().inputs().stream().allMatch(input -> checked.containsKey(node(input))))
                    .toList();
            ready.forEach(this::resolve);
            progress = waiting.removeAll(ready);
        }
        waiting.forEach(this::refuseCycle);
    }

    /** The node whose stream a reference means: that of the name, or the operator before the last dot. */
    private String node(String reference) {
        int dot = reference.lastIndexOf('.');
        return dot < 0 || places.containsKey(reference) || draft.broken().contains(reference)
                ? reference
                : reference.substring(0, dot);
    }

    private boolean inputsExist(Located<OperatorSpec> operator) {
        OperatorSpec spec = operator.spec();
        boolean exist = true;
        for (int i = 0; i < spec.inputs().size(); i++) {
            exist &= inputExists(
                    spec.inputs().get(i),
                    operator.pointer() + spec.inputPlaces().get(i));
        }
        return exist;
    }

    private boolean inputExists(String reference, String place) {
        String input = node(reference);
        boolean sink =
                draft.sinks().stream().anyMatch(node -> node.spec().name().equals(input));
        if (sink && !operators.containsKey(input) && !checked.containsKey(input)) {
            findings.add(place, "'" + input + "' is a sink; an input is a source or an operator");
            return false;
        }
        if (!places.containsKey(input) && !draft.broken().contains(input)) {
            List<String> names = new ArrayList<>(checked.keySet());
            names.addAll(operators.keySet());
            findings.add(
                    place,
                    "no source or operator '" + reference + "'" + NearestName.hint(reference, names) + " (there are: "
                            + String.join(", ", names.stream().distinct().toList()) + ")");
            return false;
        }
        return true;
    }

    private void resolve(Located<OperatorSpec> operator) {
        OperatorSpec spec = operator.spec();
        List<OperatorChecks.Stream> streams = new ArrayList<>();
        for (int i = 0; i < spec.inputs().size(); i++) {
            OperatorChecks.Stream stream = stream(
                    spec.inputs().get(i),
                    operator.pointer() + spec.inputPlaces().get(i));
            if (stream == null) {
                return;
            }
            streams.add(stream);
        }
        CheckedNode node = new OperatorChecks(operator.pointer(), streams, classes, findings).check(spec);
        if (node != null) {
            checked.put(spec.name(), node);
            eventTime.put(spec.name(), streams.stream().allMatch(OperatorChecks.Stream::eventTime));
        }
    }

    /** The stream that a reference to a checked node means; null after a finding. */
    private OperatorChecks.@Nullable Stream stream(String reference, String place) {
        CheckedNode from = checked.get(node(reference));
        if (from == null) {
            throw new IllegalStateException(place + " before its input " + reference);
        }
        boolean timed = eventTime.getOrDefault(from.name(), false);
        if (from.name().equals(reference)) {
            return stream(new Input(from.name(), 0, reference), from.schema(), timed);
        }
        List<String> names = from.sideOutputs().stream().map(SideOutput::name).toList();
        String side = reference.substring(from.name().length() + 1);
        int output = names.indexOf(side);
        if (output < 0) {
            findings.add(
                    place,
                    "'" + from.name() + "' has no side output '" + side + "'" + NearestName.hint(side, names)
                            + (names.isEmpty() ? "; it has none" : " (there are: " + String.join(", ", names) + ")"));
            return null;
        }
        RowSchema schema = from.sideOutputs().get(output).schema();
        return stream(new Input(from.name(), output + 1, reference), schema, timed);
    }

    private static OperatorChecks.Stream stream(Input input, RowSchema schema, boolean timed) {
        return new OperatorChecks.Stream(input, schema, timed);
    }

    private void refuseCycle(Located<OperatorSpec> operator) {
        OperatorSpec spec = operator.spec();
        for (int i = 0; i < spec.inputs().size(); i++) {
            List<String> path = new ArrayList<>(List.of(spec.name()));
            if (leadsTo(spec.name(), node(spec.inputs().get(i)), path)) {
                findings.add(
                        operator.pointer() + spec.inputPlaces().get(i),
                        "the operator reads its own output: " + String.join(" <- ", path) + " <- " + spec.name());
            }
        }
    }

    /** Whether what {@code from} reads comes from {@code target} in the end; then {@code path} is the way. */
    private boolean leadsTo(String target, String from, List<String> path) {
        if (from.equals(target)) {
            return true;
        }
        Located<OperatorSpec> operator = operators.get(from);
        if (operator == null || path.contains(from) || checked.containsKey(from)) {
            return false;
        }
        path.add(from);
        for (String input : operator.spec().inputs()) {
            if (leadsTo(target, node(input), path)) {
                return true;
            }
        }
        path.remove(path.size() - 1);
        return false;
    }

    private void checkSinks() {
        OutputChecks outputs = new OutputChecks(findings);
        draft.sources().forEach(source -> outputs.check(source.spec().deadLetters(), source.pointer()));
        draft.operators().forEach(operator -> outputs.check(operator.spec().deadLetters(), operator.pointer()));
        for (Located<SinkSpec> sink : draft.sinks()) {
            SinkSpec spec = sink.spec();
            String place = sink.pointer() + "/input";
            outputs.check(spec, sink.pointer());
            if (inputExists(spec.input(), place) && checked.containsKey(node(spec.input()))) {
                OperatorChecks.Stream stream = stream(spec.input(), place);
                if (stream != null) {
                    outputs.checkRows(spec, stream.schema(), sink.pointer());
                    checked.putIfAbsent(
                            spec.name(), new CheckedNode.Sink(spec, List.of(stream.input()), stream.schema()));
                }
            }
        }
    }
}
